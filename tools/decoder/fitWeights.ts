import type { DecoderWeights } from '../../src/engine/recognition/lines/decoderWeights';
import { scoreReadings, type PlacedReading, type SetScore } from './scoreReadings';

/** What each weight is tried with. */
const TRIED = {
  language: [0.25, 0.35, 0.5, 0.65],
  length: [0.3, 0.7, 1.1, 1.5, 2],
  surprise: [0.02, 0.06, 0.15],
  lexicon: [0.5, 0.7, 0.85],
  spaceDoubt: [0.001, 0.004, 0.01],
  closed: [0, 0.4],
  mismatched: [0, 1, 2],
  unclosed: [0, 0.5, 1],
} as const;

/** How much a wrong space counts, against a wrong character. */
const SPACE = 0.25;

/** Weight by weight the value that makes the fewest errors, all sets counting alike. */
export function fitWeights(readings: readonly PlacedReading[], from: DecoderWeights): DecoderWeights {
  let weights = from;
  let least = loss(readings, weights);
  for (const [name, values] of Object.entries(TRIED)) {
    for (const value of values) {
      const tried = { ...weights, [name]: value };
      const errors = loss(readings, tried);
      if (errors >= least) continue;
      least = errors;
      weights = tried;
      console.log(`${name} ${value}: ${(100 * errors).toFixed(2)}`);
    }
  }
  return weights;
}

function loss(readings: readonly PlacedReading[], weights: DecoderWeights): number {
  const scores = [...scoreReadings(readings, weights).values()];
  const each = ({ decoded, withSpaces }: SetScore) => decoded + SPACE * (withSpaces - decoded);
  return scores.reduce((sum, score) => sum + each(score), 0) / scores.length;
}
