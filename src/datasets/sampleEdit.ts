import type { Split } from '../base/split';
import { counted } from '../base/words';
import type { OverlayChange, OverlayStep } from './overlay';

/** One edit of a dataset's samples, in words and as its overlay is told; it is made and undone as one. */
export interface SampleEdit extends OverlayChange {
  readonly name: string;
}

/** One sample as an edit leaves it. */
export interface EditedSample {
  readonly split: Split;
  readonly index: number;
  /** Its class, where that is not the stored one. */
  readonly label: string | undefined;
  readonly excluded: boolean;
}

/** The edit that gives samples another class; they count again, where they were left out. */
export function relabelEdit(label: string, count: number, samples: Iterable<EditedSample>): SampleEdit {
  return { name: `Relabeled ${counted(count, 'sample')} as ${label}`, steps: stepsOf(samples) };
}

/** The edit that leaves samples out, or takes them back in. */
export function excludeEdit(excluded: boolean, count: number, samples: Iterable<EditedSample>): SampleEdit {
  const name = `${excluded ? 'Excluded' : 'Included'} ${counted(count, 'sample')}`;
  return { name, steps: stepsOf(samples) };
}

/** The edit that leaves samples as they are stored. */
export function restoreEdit(
  count: number,
  samples: Iterable<Pick<EditedSample, 'split' | 'index'>>,
): SampleEdit {
  const asStored = Array.from(samples, ({ split, index }) => ({
    ...{ split, index },
    label: undefined,
    excluded: false,
  }));
  return { name: `Restored ${counted(count, 'sample')}`, steps: stepsOf(asStored) };
}

/** Samples of one split with the same fate are one step. */
function stepsOf(samples: Iterable<EditedSample>): OverlayStep[] {
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
