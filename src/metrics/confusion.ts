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

/** Precision, recall and F1 of one class, each 0 to 1, and how many samples it has. */
export interface ClassScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

/** The scores of each class; a ratio of nothing to nothing is 0. */
export function classScores(matrix: ConfusionMatrix): ClassScores[] {
  return matrix.map((row, index) => {
    const right = row[index] ?? 0;
    const support = row.reduce((sum, count) => sum + count, 0);
    const answers = matrix.reduce((sum, each) => sum + (each[index] ?? 0), 0);
    const precision = answers > 0 ? right / answers : 0;
    const recall = support > 0 ? right / support : 0;
    const f1 = right > 0 ? (2 * precision * recall) / (precision + recall) : 0;
    return { precision, recall, f1, support };
  });
}

/** The mean F1 of the classes that occur, as truth or as prediction, 0 to 1. */
export function macroF1(matrix: ConfusionMatrix): number {
  const occurring = classScores(matrix).filter(
    ({ support }, index) => support > 0 || matrix.some((row) => (row[index] ?? 0) > 0),
  );
  return occurring.reduce((sum, { f1 }) => sum + f1, 0) / Math.max(1, occurring.length);
}
