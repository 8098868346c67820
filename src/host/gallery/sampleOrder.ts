import type { Sort } from '../../protocol/pages/gallery';

/** What samples are ordered by; one entry of each array a row of the predictions. */
export interface OrderKeys {
  /** Probability of the answer. */
  readonly confidence: ArrayLike<number>;
  /** Class as it is labeled. */
  readonly labels: ArrayLike<number>;
  readonly isRight: (row: number) => boolean;
}

/** Rows in an order; where that does not part them they stay as they are stored. */
export function ordered(
  rows: Uint32Array,
  sort: Sort,
  { confidence, labels, isRight }: OrderKeys,
): Uint32Array {
  const sure = (row: number) => confidence[row] ?? 0;
  const surest = (a: number, b: number) => sure(b) - sure(a) || a - b;
  const copy = rows.slice();
  switch (sort) {
    case 'wrongAndSure': {
      const wrong = copy.filter((row) => !isRight(row)).sort(surest);
      // of what is right the doubtful is nearest to being wrong
      const right = copy.filter(isRight).sort((a, b) => sure(a) - sure(b) || a - b);
      copy.set(wrong);
      copy.set(right, wrong.length);
      return copy;
    }
    case 'surest':
      return copy.sort(surest);
    case 'leastSure':
      return copy.sort((a, b) => sure(a) - sure(b) || a - b);
    case 'class':
      return copy.sort((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0) || surest(a, b));
    case 'stored':
      return copy.sort();
  }
}
