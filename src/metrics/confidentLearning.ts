import type { Judgment } from './judgment';

/** A sample whose label the model's probabilities speak against. */
export interface LabelIssue {
  /** Row of the predictions. */
  readonly row: number;
  readonly given: number;
  /** The class that it more likely is. */
  readonly suggested: number;
  /** Probability of the given class less that of the most likely other one, -1 to 1: the least is the most suspicious. */
  readonly margin: number;
  /** Probability of the given class. */
  readonly probability: number;
  readonly suggestedProbability: number;
}

/** What confident learning finds in labeled samples. */
export interface ConfidentLearning {
  /** Mean probability of each class over the samples that are labeled so: what counts as sure. */
  readonly thresholds: Float64Array;
  /** Samples by their label (row) and the class that they surely are (column). */
  readonly joint: number[][];
  /** The samples off the joint's diagonal, the most suspicious first. */
  readonly issues: LabelIssue[];
}

/**
 * Finds labels that are likely wrong (Northcutt, Jiang and Chuang 2021, section 3): a sample counts as surely of a class
 * where its probability reaches that class's threshold, and of several such classes as of the most likely. The
 * probabilities should be of a model that has not learned from the samples; of one that has, fewer issues are found.
 */
export function confidentLearning(judgment: Judgment): ConfidentLearning {
  const { classes, truth, rows } = judgment;
  const thresholds = classThresholds(judgment);
  const joint = classes.map(() => new Array<number>(classes.length).fill(0));
  const issues: LabelIssue[] = [];
  const shares = new Float32Array(classes.length);
  truth.forEach((given, sample) => {
    judgment.probabilities(sample, shares);
    const sure = surelyOf(shares, thresholds);
    const counts = joint[given];
    if (sure === undefined || !counts) return;
    counts[sure] = (counts[sure] ?? 0) + 1;
    if (sure === given) return;
    issues.push({
      ...{ row: rows[sample] ?? 0, given, suggested: sure, margin: marginOf(shares, given) },
      probability: shares[given] ?? 0,
      suggestedProbability: shares[sure] ?? 0,
    });
  });
  return { thresholds, joint, issues: issues.sort((a, b) => a.margin - b.margin || a.row - b.row) };
}

/** A class without samples is never sure. */
function classThresholds({ classes, truth, truthProbability }: Judgment): Float64Array {
  const sums = new Float64Array(classes.length);
  const counts = new Uint32Array(classes.length);
  truth.forEach((given, sample) => {
    sums[given] = (sums[given] ?? 0) + (truthProbability[sample] ?? 0);
    counts[given] = (counts[given] ?? 0) + 1;
  });
  return sums.map((total, index) => (counts[index] ? total / counts[index] : Infinity));
}

function surelyOf(shares: Float32Array, thresholds: Float64Array): number | undefined {
  let sure: number | undefined;
  for (let index = 0; index < shares.length; index++) {
    const share = shares[index] ?? 0;
    if (share < (thresholds[index] ?? 1)) continue;
    if (sure === undefined || share > (shares[sure] ?? 0)) sure = index;
  }
  return sure;
}

function marginOf(shares: Float32Array, given: number): number {
  let other = 0;
  for (let index = 0; index < shares.length; index++) {
    if (index !== given) other = Math.max(other, shares[index] ?? 0);
  }
  return (shares[given] ?? 0) - other;
}
