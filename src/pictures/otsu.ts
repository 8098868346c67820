/** How many pixels have each value from 0 to 255. */
export type Histogram = Float64Array;

export function histogramOf(values: Uint8Array): Histogram {
  const histogram = new Float64Array(256);
  for (const value of values) histogram[value] = (histogram[value] ?? 0) + 1;
  return histogram;
}

/** A value that parts two groups, and the means of the groups. */
export interface Parting {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The value that parts a histogram's two groups best (Otsu 1979); the upper group lies above it. */
export function otsuOf(histogram: Histogram): Parting {
  const total = histogram.reduce((all, count) => all + count, 0);
  const sum = histogram.reduce((all, count, value) => all + count * value, 0);
  let best = { value: 0, separation: -1, low: 0, high: 0 };
  let below = 0;
  let belowSum = 0;
  histogram.forEach((count, value) => {
    below += count;
    belowSum += count * value;
    const above = total - below;
    if (below === 0 || above <= 0) return;
    const low = belowSum / below;
    const high = (sum - belowSum) / above;
    const separation = below * above * (high - low) ** 2;
    if (separation > best.separation) best = { value, separation, low, high };
  });
  return { value: best.value, low: best.low, high: best.high };
}
