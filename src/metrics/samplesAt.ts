import type { Judgment } from './judgment';

/**
 * Finds the samples of a judgment by their place in the split.
 *
 * @param stored place of each row of the predictions
 * @returns for a place the judgment's sample; undefined where the sample is not judged: it is excluded, or of a class
 *   that the model cannot give
 */
export function samplesAt(judgment: Judgment, stored: Uint32Array): (place: number) => number | undefined {
  const found = new Map<number, number>();
  judgment.rows.forEach((row, sample) => found.set(stored[row] ?? 0, sample));
  return (place) => found.get(place);
}
