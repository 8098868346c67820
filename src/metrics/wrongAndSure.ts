import { confidenceOf, isRight, TOP, type Judgement } from './judgement';

/** The samples that the model is wrong about, the surest first; numbers count the judgement's samples. */
export function wrongAndSure(judgement: Judgement, most = Infinity): number[] {
  const confidence = confidenceOf(judgement);
  return [...judgement.truth.keys()]
    .filter((sample) => !isRight(judgement, sample))
    .sort((a, b) => (confidence[b] ?? 0) - (confidence[a] ?? 0) || a - b)
    .slice(0, most);
}

/** What the model takes a sample for, and how sure it is of it. */
export function predictionOf(
  { classes, truth, top, topProbability }: Judgement,
  sample: number,
): { truth: string; predicted: string; probability: number } {
  return {
    truth: classes[truth[sample] ?? 0] ?? '',
    predicted: classes[top[sample * TOP] ?? 0] ?? '',
    probability: topProbability[sample * TOP] ?? 0,
  };
}
