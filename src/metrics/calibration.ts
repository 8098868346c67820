/** Bins of equal width that probabilities are put into, as Guo et al. (2017) do. */
export const CALIBRATION_BINS = 15;

/** Predictions of about the same probability. */
export interface CalibrationBin {
  /** The probabilities in it, `low` excluded and `high` included. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean probability of what was predicted, 0 to 1; 0 where the bin is empty. */
  readonly confidence: number;
  /** Share of it that was right, 0 to 1; 0 where the bin is empty. */
  readonly accuracy: number;
}

/** How far a model's probabilities can be believed. */
export interface Calibration {
  /** Mean distance of confidence and accuracy, weighted by the bins' counts (Naeini et al. 2015), 0 to 1. */
  readonly error: number;
  /** What a reliability diagram shows. */
  readonly bins: readonly CalibrationBin[];
}

/**
 * Compares the probability of each prediction with how often such predictions are right.
 *
 * @param confidence probability of each prediction, 0 to 1
 * @param correct whether each prediction is right, 1 or 0
 */
export function calibration(
  confidence: ArrayLike<number>,
  correct: ArrayLike<number>,
  bins = CALIBRATION_BINS,
): Calibration {
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (let sample = 0; sample < confidence.length; sample++) {
    const probability = confidence[sample] ?? 0;
    const sum = sums[Math.min(bins - 1, Math.max(0, Math.ceil(probability * bins) - 1))];
    if (!sum) continue;
    sum.count++;
    sum.confidence += probability;
    sum.right += correct[sample] ?? 0;
  }
  const means = sums.map(({ count, confidence: total, right }, index) => ({
    low: index / bins,
    high: (index + 1) / bins,
    count,
    confidence: count > 0 ? total / count : 0,
    accuracy: count > 0 ? right / count : 0,
  }));
  const apart = means.reduce((sum, bin) => sum + bin.count * Math.abs(bin.accuracy - bin.confidence), 0);
  return { error: apart / Math.max(1, confidence.length), bins: means };
}
