/** How often each class was taken for each: rows are true classes, columns are predictions. */
export type ConfusionMatrix = readonly (readonly number[])[];

/**
 * Counts predictions.
 *
 * @param truth index of the true class of each sample, below `classes`
 * @param predicted index of the predicted class of each sample, below `classes`
 */
export function confusionMatrix(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let sample = 0; sample < truth.length; sample++) {
    const row = matrix[truth[sample] ?? -1];
    const column = predicted[sample] ?? -1;
    if (row?.[column] === undefined) throw new RangeError(`sample ${String(sample)} is of no class`);
    row[column] = (row[column] ?? 0) + 1;
  }
  return matrix;
}

/** Each count as a share of its row, 0 to 1; rows without a sample are 0 throughout. */
export function rowShares(matrix: ConfusionMatrix): number[][] {
  return matrix.map((row) => {
    const total = sum(row);
    return row.map((count) => (total > 0 ? count / total : 0));
  });
}

/** The matrix of some classes, in the order that they are given in. */
export function arranged(matrix: ConfusionMatrix, order: readonly number[]): number[][] {
  return order.map((row) => order.map((column) => matrix[row]?.[column] ?? 0));
}

/** One class taken for another. */
export interface ConfusedPair {
  readonly truth: number;
  readonly predicted: number;
  readonly count: number;
  /** Of the samples of the true class, 0 to 1. */
  readonly share: number;
}

/** The pairs that are confused, the most frequent first. */
export function confusedPairs(matrix: ConfusionMatrix): ConfusedPair[] {
  return matrix
    .flatMap((row, truth) => {
      const total = sum(row);
      return row.map((count, predicted) => ({ truth, predicted, count, share: count / Math.max(1, total) }));
    })
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .sort((a, b) => b.count - a.count || b.share - a.share);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
