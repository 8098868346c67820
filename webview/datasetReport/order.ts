import type { ReportedDataset } from '../../src/protocol/pages/datasetReport';

/** How classes stand: as the dataset has them, or by the number of their samples. */
export const ORDERS = ['class', 'fewest', 'most'] as const;
export type Order = (typeof ORDERS)[number];

/** A class with its samples in each split. */
export interface CountedClass {
  readonly index: number;
  readonly name: string;
  readonly counts: readonly number[];
  readonly total: number;
}

/** The classes of a dataset in an order; those without samples stand last. */
export function orderedClasses({ classes, splits }: ReportedDataset, order: Order): CountedClass[] {
  const counted = classes.map((name, index) => {
    const counts = splits.map((split) => split.counts[index] ?? 0);
    return { index, name, counts, total: counts.reduce((sum, count) => sum + count, 0) };
  });
  const sign = { class: 0, fewest: 1, most: -1 }[order];
  return counted.sort(
    (a, b) =>
      Number(a.total === 0) - Number(b.total === 0) || sign * (a.total - b.total) || a.index - b.index,
  );
}
