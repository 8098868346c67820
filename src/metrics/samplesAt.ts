import type { Judgement } from './judgement';

/**
 * Finds the samples of a judgement by their place in the split.
 *
 * @param stored place of each row of the predictions
 * @returns for a place the judgement's sample; undefined where the sample is not judged: it is excluded, or of a class
 *   that the model cannot give
 */
export function samplesAt(judgement: Judgement, stored: Uint32Array): (place: number) => number | undefined {
  const found = new Map<number, number>();
  judgement.rows.forEach((row, sample) => found.set(stored[row] ?? 0, sample));
  return (place) => found.get(place);
}
