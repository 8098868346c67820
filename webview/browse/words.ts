import { grouped, spoken } from '../../src/base/words';
import type { BrowsedDataset } from '../../src/protocol/pages/browse';
import type { Sample } from './sample';

/** A sample in words: for a screen reader, and under the pointer. */
export function describeSample(
  { label, split, index, excluded, relabeled }: Sample,
  dataset: BrowsedDataset,
): string {
  const of = dataset.splits[split]?.name ?? '';
  const where = of === 'all' || of === '' ? `sample ${grouped(index)}` : `${of} ${grouped(index)}`;
  const marks = [relabeled && 'relabeled', excluded && 'excluded'].filter((mark) => mark !== false);
  return [spoken(dataset.classes[label] ?? '?'), where, ...marks].join(', ');
}
