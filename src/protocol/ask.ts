import { type CancellationToken, type MessageConnection, ProgressType } from 'vscode-jsonrpc';
import { Canceled, failureOf } from './failures';
import type { Call, Params, Progress, Result } from './rpc';

/** How whoever asks takes part in the work. */
export interface AskOptions<C extends Call> {
  /** Ends the work. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress<C>) => void) | undefined;
}

const PROGRESS = new ProgressType<unknown>();
const NEVER = new AbortController().signal;
let asked = 0;

/**
 * Asks the process at the other end, and checks what it answers.
 *
 * @param complain told of progress that is none
 * @throws Canceled when the signal is aborted, the UserError that the other process threw, else what went wrong
 */
export async function ask<C extends Call>(
  connection: MessageConnection,
  call: C,
  params: Params<C>,
  { signal = NEVER, onProgress }: AskOptions<C> = {},
  complain: (message: string) => void = () => undefined,
): Promise<Result<C>> {
  if (signal.aborted) throw new Canceled();
  const token = onProgress ? ++asked : null;
  const listening =
    token === null
      ? undefined
      : connection.onProgress(PROGRESS, token, (value) => {
          const progress = call.progress.safeParse(value);
          if (progress.success) onProgress?.(progress.data as Progress<C>);
          else complain(`progress of ${call.method}: ${progress.error.message}`);
        });
  try {
    const answer = await connection.sendRequest<unknown>(call.method, params, token, tokenOf(signal));
    return call.result.parse(answer) as Result<C>;
  } catch (error) {
    if (isAborted(signal)) throw new Canceled();
    throw failureOf(error);
  } finally {
    listening?.dispose();
  }
}

/** Whether it is aborted now; the compiler takes it that nothing changes while one waits. */
const isAborted = ({ aborted }: AbortSignal) => aborted;

/** JSON-RPC's word for an AbortSignal. */
function tokenOf(signal: AbortSignal): CancellationToken {
  return {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested: (listener) => {
      const abort = () => void listener(undefined);
      signal.addEventListener('abort', abort, { once: true });
      return { dispose: () => signal.removeEventListener('abort', abort) };
    },
  };
}
