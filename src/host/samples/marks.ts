import { changesOf, type Overlay } from '../../datasets/overlay';
import type { Split } from '../../base/split';

/** What is changed in one split: by the sample's number there, the index of its new class, and those left out. */
export interface SplitMarks {
  readonly split: Split;
  readonly relabeled: ReadonlyMap<number, number>;
  readonly excluded: ReadonlySet<number>;
}
export type Marks = readonly SplitMarks[];

/** What an overlay says of the splits of a dataset; what it says of classes that are not there is passed over. */
export function marksOf(overlay: Overlay, splits: readonly Split[], classes: readonly string[]): Marks {
  return splits.map((split) => {
    const relabeled = new Map<number, number>();
    const excluded = new Set<number>();
    for (const [index, change] of changesOf(overlay, split)) {
      const label = change.label === undefined ? -1 : classes.indexOf(change.label);
      if (label >= 0) relabeled.set(index, label);
      if (change.excluded) excluded.add(index);
    }
    return { split, relabeled, excluded };
  });
}
