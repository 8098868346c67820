/** Steps in which the learning rate rises to its highest. */
const WARM_UP = 400;
/** Share of the highest learning rate that is left at the end. */
const LEAST = 0.005;

/** When a training ends: after so many steps, or at a time of day, whatever comes by then. */
export type End = { readonly steps: number } | { readonly time: number };

/**
 * How far a training is.
 *
 * @param progress before the step, 0 to 1
 * @param seconds that the step took
 * @returns after the step
 */
export function advance(progress: number, end: End, seconds: number, now = Date.now()): number {
  if ('steps' in end) return progress + 1 / end.steps;
  const left = (end.time - now) / 1000;
  return left <= 0 ? 1 : progress + (1 - progress) * Math.min(1, seconds / (left + seconds));
}

/** The factor on the highest learning rate: a rise, then half a cosine (Loshchilov and Hutter 2017). */
export function rateFactor(step: number, progress: number): number {
  const cosine = (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
  return Math.min(1, (step + 1) / WARM_UP) * (LEAST + (1 - LEAST) * cosine);
}

/**
 * The next time that a clock shows.
 *
 * @param clock such as 19:30
 */
export function timeOf(clock: string, now = new Date()): number {
  const [hours = NaN, minutes = NaN] = clock.split(':').map(Number);
  const time = new Date(now);
  time.setHours(hours, minutes, 0, 0);
  if (Number.isNaN(time.getTime())) throw new Error(`${clock} is no time of day such as 19:30.`);
  if (time <= now) time.setDate(time.getDate() + 1);
  return time.getTime();
}
