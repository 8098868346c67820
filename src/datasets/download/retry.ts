import { pause } from '../../storage/pause';
import type { TransferSettings } from './settings';
import { TransferError } from './transferError';

/** No pause between two tries is longer, in milliseconds. */
const LONGEST_PAUSE = 30_000;

/**
 * Does the work until it is done, pausing longer after each try that brought nothing new (exponential backoff with full
 * jitter, as AWS describes it). An address that cannot be reached is tried again only if it was reached before.
 *
 * @param position how far the work is, in bytes; a try that brings `leastBytes` more starts the count anew
 * @throws what the work throws, with the remedy `again` when the tries are used up
 */
export async function withRetries<T>(
  work: () => Promise<T>,
  position: () => Promise<number>,
  settings: TransferSettings,
  signal: AbortSignal | undefined,
): Promise<T> {
  let furthest = await position();
  for (let failures = 0; ;) {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      const reached = await position();
      if (!mayDoBetter(error, reached)) throw error;
      failures = reached >= furthest + settings.leastBytes ? 0 : failures + 1;
      furthest = Math.max(furthest, reached);
      if (failures >= settings.attempts) throw error;
      await backOff(failures, settings, signal);
    }
  }
}

function mayDoBetter(error: unknown, reached: number): boolean {
  if (!(error instanceof TransferError)) return false;
  return error.remedy === 'again' || (error.remedy === 'unreachable' && reached > 0);
}

/**
 * Pauses before another try.
 *
 * @param failures until now, in a row
 * @throws the signal's reason when it is aborted
 */
export async function backOff(
  failures: number,
  { backoff }: TransferSettings,
  signal: AbortSignal | undefined,
): Promise<void> {
  await pause(Math.random() * Math.min(LONGEST_PAUSE, backoff * 2 ** failures), signal);
}
