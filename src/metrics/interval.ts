/** Standard deviations on either side that hold 95% of a normal distribution. */
const Z95 = 1.959963984540054;

/** A range that holds a quantity, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The 95% interval of a share that was counted (Wilson 1927), which stays within 0 and 1 and holds near them too.
 *
 * @returns 0 to 1 where nothing was counted
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const square = Z95 ** 2 / trials;
  const center = (share + square / 2) / (1 + square);
  const half = (Z95 / (1 + square)) * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials));
  return { low: Math.max(0, center - half), high: Math.min(1, center + half) };
}
