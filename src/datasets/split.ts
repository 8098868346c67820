import { groupBy } from '../base/groupBy';
import { Random } from '../base/random';
import type { Samples } from './samples';

/** Indices of samples, apart from each other. */
export interface HoldOut {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Holds a share of the samples out: of each class alike, or, where writers are known, of some writers all, so that no
 * hand is in both parts. The same seed holds out the same samples.
 *
 * @param fraction of the samples, or of the writers, 0 to 1
 */
export function holdOut(samples: Samples, fraction: number, seed: number): HoldOut {
  const random = new Random(seed);
  const indices = Array.from(samples.labels.keys());
  const writers = samples.kind === 'ink' ? samples.writers : [];
  const byWriter = groupBy(indices, (index) => writers[index]);
  const held =
    byWriter.size > 1 && !byWriter.has(undefined)
      ? shareOf([...byWriter.values()], fraction, random).flat()
      : [...groupBy(indices, (index) => samples.labels[index]).values()].flatMap((group) =>
          shareOf(group, fraction, random),
        );
  const isHeld = new Set(held);
  return {
    train: Uint32Array.from(indices.filter((index) => !isHeld.has(index))),
    validation: Uint32Array.from(held.sort((a, b) => a - b)),
  };
}

function shareOf<T>(items: readonly T[], fraction: number, random: Random): T[] {
  const order = random.permutation(items.length).subarray(0, Math.round(items.length * fraction));
  return Array.from(order, (index) => items[index] as T);
}
