import { pause } from '../../storage/pause';
import type { TransferSettings } from './settings';
import { TransferError } from './transferError';

/** No pause between two tries is longer, in milliseconds. */
const LONGEST_PAUSE = 30_000;

/**
 * Does the work until it is done, pausing longer after each try that brought nothing new (exponential backoff with full
 * jitter, as AWS describes it).
 *
 * @param position how far the work is, in bytes; a try that brings `leastBytes` more starts the count anew
 * @throws TransferError with the remedy `elsewhere` when the tries are used up; what the work throws otherwise
 */
export async function withRetries<T>(
  work: () => Promise<T>,
  position: () => Promise<number>,
  { attempts, backoff, leastBytes }: TransferSettings,
  signal: AbortSignal | undefined,
): Promise<T> {
  let furthest = await position();
  for (let failures = 0; ;) {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof TransferError) || error.remedy !== 'again') throw error;
      const reached = await position();
      failures = reached >= furthest + leastBytes ? 0 : failures + 1;
      furthest = Math.max(furthest, reached);
      if (failures >= attempts) throw new TransferError(error.message, 'elsewhere', { cause: error });
      await pause(Math.random() * Math.min(LONGEST_PAUSE, backoff * 2 ** failures), signal);
    }
  }
}
