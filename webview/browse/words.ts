import type { BrowsedDataset } from '../../src/protocol/browse';
import type { Sample } from './pages';

/** A number as the person reads it. */
export function grouped(number: number): string {
  return number.toLocaleString('en');
}

/** A sample in words: for a screen reader, and under the pointer. */
export function describeSample(
  { label, split, index, excluded, relabelled }: Sample,
  dataset: BrowsedDataset,
): string {
  const of = dataset.splits[split]?.name ?? '';
  const where = of === 'all' || of === '' ? `sample ${grouped(index)}` : `${of} ${grouped(index)}`;
  const marks = [relabelled && 'relabelled', excluded && 'excluded'].filter((mark) => mark !== false);
  return [spoken(dataset.classes[label] ?? '?'), where, ...marks].join(', ');
}

/** Screen readers say nothing at 'A' but 'a'; capitals need a word. */
export function spoken(text: string): string {
  return /^\p{Lu}$/u.test(text) ? `capital ${text}` : text;
}

export function samples(count: number): string {
  return count === 1 ? '1 sample' : `${grouped(count)} samples`;
}
