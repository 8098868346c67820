import { confidenceOf, isRight, TOP, type Judgment } from './judgment';

/** The samples that the model is wrong about, the surest first; numbers count the judgment's samples. */
export function wrongAndSure(judgment: Judgment, most = Infinity): number[] {
  const confidence = confidenceOf(judgment);
  return [...judgment.truth.keys()]
    .filter((sample) => !isRight(judgment, sample))
    .sort((a, b) => (confidence[b] ?? 0) - (confidence[a] ?? 0) || a - b)
    .slice(0, most);
}

/** What the model takes a sample for, and how sure it is of it. */
export function predictionOf(
  { classes, truth, top, topProbability }: Judgment,
  sample: number,
): { truth: string; predicted: string; probability: number } {
  return {
    truth: classes[truth[sample] ?? 0] ?? '',
    predicted: classes[top[sample * TOP] ?? 0] ?? '',
    probability: topProbability[sample * TOP] ?? 0,
  };
}
