import { type CancellationToken, type MessageConnection, ProgressType } from 'vscode-jsonrpc';
import { Canceled, responseOf } from './failures';
import type { Call, Params, Progress, Result } from './rpc';

/** What work is told and may tell while it is under way. */
export interface Meanwhile<C extends Call> {
  /** Aborted when whoever asked does not want the answer any more. */
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress<C>) => void;
}

export type Handle<C extends Call> = (
  params: Params<C>,
  meanwhile: Meanwhile<C>,
) => Promise<Result<C>> | Result<C>;

/** A call, and what answers it. */
export interface Handler {
  readonly call: Call;
  readonly handle: (params: unknown, meanwhile: Meanwhile<Call>) => unknown;
}

/** A row of the table of `serve`. */
export function on<C extends Call>(call: C, handle: Handle<C>): Handler {
  return { call, handle: (params, meanwhile) => handle(params as Params<C>, meanwhile) };
}

const PROGRESS = new ProgressType<unknown>();

/**
 * Answers calls. What comes is checked, and a call that is canceled ends with nothing but that.
 *
 * @param explain makes a UserError of failures that have a sentence for the user
 */
export function serve(
  connection: MessageConnection,
  handlers: readonly Handler[],
  explain: (failure: unknown) => unknown,
): void {
  for (const { call, handle } of handlers) {
    connection.onRequest(
      call.method,
      async (params: unknown, token: number | null, canceling: CancellationToken) => {
        // a cancellation that is already in the channel comes first
        await new Promise((resolve) => setImmediate(resolve));
        const abort = new AbortController();
        if (canceling.isCancellationRequested) abort.abort();
        const listening = canceling.onCancellationRequested(() => abort.abort());
        const progress = (value: unknown) => {
          if (token !== null) void tell(connection, token, value);
        };
        try {
          abort.signal.throwIfAborted();
          return await handle(call.params.parse(params), { signal: abort.signal, progress });
        } catch (error) {
          throw responseOf(abort.signal.aborted ? new Canceled() : explain(error));
        } finally {
          listening.dispose();
        }
      },
    );
  }
}

/** Whether or not anybody listens any more, the work goes on. */
async function tell(connection: MessageConnection, token: number, value: unknown): Promise<void> {
  try {
    await connection.sendProgress(PROGRESS, token, value);
  } catch {
    // nobody does
  }
}
