import { largestOf } from '../base/vectors';
import { sum, type ConfusionMatrix } from './confusion';

/** Precision, recall and F1, each 0 to 1. */
export interface Scores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** The scores of one class. */
export interface ClassScores extends Scores {
  /** Samples of the class. */
  readonly support: number;
  /** Predictions of the class. */
  readonly answers: number;
  /** What the class is taken for most often, if it ever is. */
  readonly mostConfusedWith: number | undefined;
}

/** The scores of each class; a ratio of nothing to nothing is 0. */
export function classScores(matrix: ConfusionMatrix): ClassScores[] {
  return matrix.map((row, index) => {
    const right = row[index] ?? 0;
    const support = sum(row);
    const answers = matrix.reduce((total, each) => total + (each[index] ?? 0), 0);
    const precision = answers > 0 ? right / answers : 0;
    const recall = support > 0 ? right / support : 0;
    const f1 = right > 0 ? (2 * precision * recall) / (precision + recall) : 0;
    return { precision, recall, f1, support, answers, mostConfusedWith: mostConfusedWith(row, index) };
  });
}

function mostConfusedWith(row: readonly number[], truth: number): number | undefined {
  const wrong = row.map((count, predicted) => (predicted === truth ? 0 : count));
  const most = largestOf(wrong);
  return most > 0 ? wrong.indexOf(most) : undefined;
}

/** The mean of the scores of the classes that occur, as truth or as prediction: each counts alike. */
export function macroAverage(scores: readonly ClassScores[]): Scores {
  return average(scores, ({ support, answers }) => (support + answers > 0 ? 1 : 0));
}

/** The mean of the scores, each class weighted by its samples. */
export function weightedAverage(scores: readonly ClassScores[]): Scores {
  return average(scores, ({ support }) => support);
}

function average(scores: readonly ClassScores[], weightOf: (each: ClassScores) => number): Scores {
  const total = Math.max(1, sum(scores.map(weightOf)));
  const mean = (name: keyof Scores) => sum(scores.map((each) => weightOf(each) * each[name])) / total;
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}
