/** Standard deviations from the mean of its class from which on a value is unusual. */
const UNUSUAL = 4;
/** Samples from which on a class says what is usual. */
const ENOUGH = 20;

export interface Sides {
  readonly below: boolean;
  readonly above: boolean;
}

/**
 * Samples whose value is unusual in their class, the most unusual first.
 *
 * @param values one a sample
 * @param labels class of each
 * @param left samples that are passed over
 */
export function unusual(
  values: Float32Array,
  labels: Uint16Array,
  left: (sample: number) => boolean,
  sides: Sides,
): number[] {
  const usual = usualOf(values, labels, left);
  const found: { sample: number; deviation: number }[] = [];
  values.forEach((value, sample) => {
    const of = usual.get(labels[sample] ?? 0);
    if (left(sample) || !of || of.count < ENOUGH || of.deviation === 0) return;
    const deviation = (value - of.mean) / of.deviation;
    if ((sides.above && deviation >= UNUSUAL) || (sides.below && deviation <= -UNUSUAL))
      found.push({ sample, deviation: Math.abs(deviation) });
  });
  return found.sort((a, b) => b.deviation - a.deviation || a.sample - b.sample).map(({ sample }) => sample);
}

/** Mean and standard deviation of each class. */
function usualOf(values: Float32Array, labels: Uint16Array, left: (sample: number) => boolean) {
  const sums = new Map<number, { count: number; sum: number; squares: number }>();
  values.forEach((value, sample) => {
    if (left(sample)) return;
    const label = labels[sample] ?? 0;
    const of = sums.get(label) ?? { count: 0, sum: 0, squares: 0 };
    of.count += 1;
    of.sum += value;
    of.squares += value * value;
    sums.set(label, of);
  });
  return new Map(
    [...sums].map(([label, { count, sum, squares }]) => {
      const mean = sum / count;
      return [label, { count, mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) }];
    }),
  );
}
