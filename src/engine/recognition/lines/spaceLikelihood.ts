import { logistic } from '../logistic';
import type { DecoderWeights } from './decoderWeights';

/**
 * The probability that a space stands in a gap between two characters, whatever the language: a logistic function of
 * the gap's width.
 *
 * @param gap against what is usual in the line, as a logarithm; -Infinity where nothing is known of it, and Infinity
 *   where a space was drawn as one
 */
export function spaceProbability(gap: number, weights: DecoderWeights): number {
  if (gap === -Infinity) return 0.5;
  if (gap === Infinity) return 1 - Number.EPSILON;
  const share = logistic(weights.spaceSlope * (gap - weights.spaceGap));
  return weights.spaceDoubt + (1 - 2 * weights.spaceDoubt) * share;
}
