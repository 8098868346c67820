import type { DecoderWeights } from '../../src/engine/recognition/lines/decoderWeights';
import { LineDecoder } from '../../src/engine/recognition/lines/lineDecoder';
import type { PlacedReading } from './scoreReadings';

const TRIED = [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.85, 1];

/** Of what is not among the candidates so much is taken for granted. */
const MISSED = 0.001;

/** The temperature at which the probabilities of the true texts are greatest together. */
export function fitTemperature(readings: readonly PlacedReading[], weights: DecoderWeights): number {
  const losses = TRIED.map((temperature) => {
    const decoder = new LineDecoder({ ...weights, temperature });
    return readings.reduce((sum, { reading: { frames, label }, place }) => {
      const candidates = decoder.decode(frames, place, { top: 40 });
      const truth = label.replaceAll(' ', '');
      const probability = candidates
        .filter(({ text }) => text.replaceAll(' ', '') === truth)
        .reduce((total, each) => total + each.probability, 0);
      return sum - Math.log(Math.max(probability, MISSED));
    }, 0);
  });
  return TRIED[losses.indexOf(Math.min(...losses))] ?? 1;
}
