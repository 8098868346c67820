import { DatasetError } from '../datasets/errors';

/**
 * Ends the work when the user presses Ctrl+C.
 *
 * @param sentence what the user is told then
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  sentence = 'Stopped: the same command goes on from here.',
): Promise<T> {
  const stop = new AbortController();
  const interrupt = () => {
    stop.abort(new DatasetError(sentence));
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
