import type { Answer } from './answers';

/** The probabilities of a model's outputs for some samples, wherever they lie. */
export interface PredictedRows {
  readonly count: number;
  /** Outputs of the model. */
  readonly width: number;
  /** Reads the probabilities of one sample, each 0 to 1. */
  read(row: number, into: Float32Array): void;
}

/** Predictions that are kept of each sample. */
export const TOP = 3;

/** What a model said of labeled samples, class by class of those that it is judged by. One entry a sample. */
export interface Judgment {
  /** What rows and columns of the confusion matrix stand for. */
  readonly classes: readonly string[];
  /** The rows of the predictions that are judged: samples of classes that the model can give. */
  readonly rows: Uint32Array;
  readonly leftOut: number;
  readonly truth: Uint16Array;
  /** TOP classes of each sample, the most likely first. */
  readonly top: Uint16Array;
  /** Their probabilities, renormalized over the classes. */
  readonly topProbability: Float32Array;
  /** Probability of the true class. */
  readonly truthProbability: Float32Array;
  /** Classes that are more likely than the true one; 0 where the prediction is right. */
  readonly truthRank: Uint16Array;
  /** Reads the probabilities of all classes for one sample of the judgment. */
  probabilities(sample: number, into: Float32Array): void;
  /** The same for a row of the predictions, whether it is judged or not. */
  rowProbabilities(row: number, into: Float32Array): void;
  /** The class that is right for a class of the dataset; undefined where the model cannot give it. */
  answerTo(label: number): number | undefined;
  /** The model's outputs that stand for a class. */
  outputsOf(index: number): readonly number[];
}

/**
 * Judges predictions. Probabilities are renormalized over what may be answered.
 *
 * @param labels class of the dataset of each row; `excluded` ones are not judged
 */
export function judge(
  rows: PredictedRows,
  labels: ArrayLike<number>,
  answers: readonly Answer[],
  excluded?: ReadonlySet<number>,
): Judgment {
  const truthOf = new Map(answers.flatMap((answer, index) => answer.labels.map((label) => [label, index])));
  const wanted = Array.from({ length: rows.count }, (_, row) => row).filter((row) => !excluded?.has(row));
  const chosen = wanted.filter((row) => truthOf.has(labels[row] ?? -1));
  const outputs = new Float32Array(rows.width);
  const rowProbabilities = (row: number, into: Float32Array) => {
    rows.read(row, outputs);
    shareOut(outputs, answers, into);
  };
  const judgment = {
    classes: answers.map(({ name }) => name),
    rows: Uint32Array.from(chosen),
    leftOut: wanted.length - chosen.length,
    truth: Uint16Array.from(chosen, (row) => truthOf.get(labels[row] ?? -1) ?? 0),
    top: new Uint16Array(chosen.length * TOP),
    topProbability: new Float32Array(chosen.length * TOP),
    truthProbability: new Float32Array(chosen.length),
    truthRank: new Uint16Array(chosen.length),
    probabilities: (sample: number, into: Float32Array) => rowProbabilities(chosen[sample] ?? 0, into),
    rowProbabilities,
    answerTo: (label: number) => truthOf.get(label),
    outputsOf: (index: number) => answers[index]?.outputs ?? [],
  };
  const shares = new Float32Array(answers.length);
  for (let sample = 0; sample < chosen.length; sample++) {
    judgment.probabilities(sample, shares);
    const right = shares[judgment.truth[sample] ?? 0] ?? 0;
    judgment.truthProbability[sample] = right;
    keepTop(shares, judgment, sample);
    judgment.truthRank[sample] = rankOf(shares, judgment.truth[sample] ?? 0);
  }
  return judgment;
}

/** Whether the most likely class of a sample is the true one. */
export function isRight({ truth, top }: Judgment, sample: number): boolean {
  return truth[sample] === top[sample * TOP];
}

/** The most likely class of each sample. */
export function predictedOf({ truth, top }: Judgment): Uint16Array {
  return truth.map((_, sample) => top[sample * TOP] ?? 0);
}

/** The probability of the most likely class of each sample. */
export function confidenceOf({ truthProbability, topProbability }: Judgment): Float32Array {
  return truthProbability.map((_, sample) => topProbability[sample * TOP] ?? 0);
}

/** Sums the outputs of each answer, and makes the sums add up to 1. */
function shareOut(outputs: Float32Array, answers: readonly Answer[], into: Float32Array): void {
  let total = 0;
  answers.forEach((answer, index) => {
    let share = 0;
    for (const output of answer.outputs) share += outputs[output] ?? 0;
    into[index] = share;
    total += share;
  });
  if (total > 0) for (let index = 0; index < into.length; index++) into[index] = (into[index] ?? 0) / total;
}

/** Of equally likely classes the first is taken. */
function keepTop(shares: Float32Array, { top, topProbability }: Judgment, sample: number): void {
  const start = sample * TOP;
  let kept = 0;
  for (let index = 0; index < shares.length; index++) {
    const share = shares[index] ?? 0;
    let at = kept;
    while (at > 0 && share > (topProbability[start + at - 1] ?? 0)) at--;
    if (at >= TOP) continue;
    kept = Math.min(TOP, kept + 1);
    for (let move = kept - 1; move > at; move--) {
      top[start + move] = top[start + move - 1] ?? 0;
      topProbability[start + move] = topProbability[start + move - 1] ?? 0;
    }
    top[start + at] = index;
    topProbability[start + at] = share;
  }
}

/** Classes before this one when the most likely comes first. */
function rankOf(shares: Float32Array, truth: number): number {
  const right = shares[truth] ?? 0;
  let before = 0;
  for (let index = 0; index < shares.length; index++) {
    const share = shares[index] ?? 0;
    if (share > right || (share === right && index < truth)) before++;
  }
  return before;
}
