import { changesOf, type Overlay, type OverlayStep } from '../../datasets/overlay';
import type { Split } from '../../datasets/samples';

/** What is changed in one split: by the sample's number there, the index of its new class, and those left out. */
export interface SplitMarks {
  readonly split: Split;
  readonly relabelled: ReadonlyMap<number, number>;
  readonly excluded: ReadonlySet<number>;
}
export type Marks = readonly SplitMarks[];

/** What an overlay says of the splits of a dataset; what it says of classes that are not there is passed over. */
export function marksOf(overlay: Overlay, splits: readonly Split[], classes: readonly string[]): Marks {
  return splits.map((split) => {
    const relabelled = new Map<number, number>();
    const excluded = new Set<number>();
    for (const [index, change] of changesOf(overlay, split)) {
      const label = change.label === undefined ? -1 : classes.indexOf(change.label);
      if (label >= 0) relabelled.set(index, label);
      if (change.excluded) excluded.add(index);
    }
    return { split, relabelled, excluded };
  });
}

/** One sample as a change leaves it. */
export interface ChangedSample {
  readonly split: Split;
  readonly index: number;
  /** Its class, where that is not the stored one. */
  readonly label: string | undefined;
  readonly excluded: boolean;
}

/** The steps that an overlay takes for a change: samples of one split with the same fate are one step. */
export function stepsOf(samples: Iterable<ChangedSample>): OverlayStep[] {
  const steps = new Map<string, OverlayStep>();
  for (const { split, index, label, excluded } of samples) {
    const change: OverlayStep['change'] = excluded
      ? { exclude: true }
      : label === undefined
        ? { restore: true }
        : { label };
    const key = `${split} ${JSON.stringify(change)}`;
    const step = steps.get(key);
    if (step) step.indices.push(index);
    else steps.set(key, { split, indices: [index], change });
  }
  return [...steps.values()];
}
