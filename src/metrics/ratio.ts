import type { Interval } from './interval';

/** A share, or a difference of shares, with its 95% interval. */
export interface Share {
  readonly value: number;
  readonly interval: Interval;
}

/**
 * The sum of quantities over the sum of the lengths that they were counted on. The errors of one line hang together, so
 * the interval is of a ratio of means over lines (Cochran 1977, 6.3).
 *
 * @param counts of each line, below 0 where they are differences
 * @returns undefined where nothing has a length
 */
export function ratioOf(counts: readonly number[], lengths: readonly number[]): Share | undefined {
  const length = sum(lengths);
  if (length === 0) return undefined;
  const value = sum(counts) / length;
  const squares = sum(counts.map((each, index) => (each - value * (lengths[index] ?? 0)) ** 2));
  const lines = counts.length;
  const half = lines < 2 ? Math.abs(value) : (1.96 * Math.sqrt((squares * lines) / (lines - 1))) / length;
  return { value, interval: { low: value - half, high: value + half } };
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
