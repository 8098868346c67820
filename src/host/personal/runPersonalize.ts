import { CancellationTokenSource } from 'vscode-jsonrpc';
import {
  personalizeProgressNotification,
  personalizeProgressSchema,
  personalizeRequest,
  personalizeResultSchema,
  type PersonalizeParams,
  type PersonalizeProgress,
  type PersonalizeResult,
} from '../../protocol/personal';
import { type EngineLog, EngineProcess, explain } from '../engineProcess';
import { Cancelled } from '../errors';

export interface PersonalizeOptions {
  /** The engine's script. */
  readonly script: string;
  readonly log: EngineLog;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PersonalizeProgress) => void;
}

/**
 * Personalises a model in an engine of its own, so that the pad reads on meanwhile.
 *
 * @throws UserError that says what to do, Cancelled where the signal was aborted
 */
export async function runPersonalize(
  params: PersonalizeParams,
  { script, log, signal, onProgress }: PersonalizeOptions,
): Promise<PersonalizeResult> {
  const engine = new EngineProcess(script, log, () => undefined);
  const cancelling = new CancellationTokenSource();
  const cancel = () => cancelling.cancel();
  signal.addEventListener('abort', cancel);
  engine.onNotification(personalizeProgressNotification, (message) => {
    const progress = personalizeProgressSchema.safeParse(message);
    if (progress.success) onProgress(progress.data);
    else log.error(`the engine's progress: ${progress.error.message}`);
  });
  try {
    return personalizeResultSchema.parse(await engine.request(personalizeRequest, params, cancelling.token));
  } catch (error) {
    if (signal.aborted) throw new Cancelled();
    throw explain(personalizeRequest.method, error, log);
  } finally {
    signal.removeEventListener('abort', cancel);
    cancelling.dispose();
    engine.end();
  }
}
