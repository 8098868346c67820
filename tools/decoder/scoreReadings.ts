import { groupBy } from '../../src/base/groupBy';
import type { DecoderWeights } from '../../src/engine/recognition/lines/decoderWeights';
import { LineDecoder, type LineCandidate } from '../../src/engine/recognition/lines/lineDecoder';
import { likelyText, type CharacterModels, type LikelyText } from '../../src/language/likelyText';
import { editDistance } from '../../src/metrics/editDistance';
import type { Reading } from './readings';

/** A reading and the place that it was written for. */
export interface PlacedReading {
  readonly reading: Reading;
  readonly place: LikelyText;
}

/** The lines of one set: how many of their characters are read wrong, spaces left out and with them. */
export interface SetScore {
  readonly lines: number;
  readonly plain: number;
  readonly decoded: number;
  readonly withSpaces: number;
  readonly exact: number;
  /** CPU milliseconds a line */
  readonly milliseconds: number;
}

export function placed(reading: Reading, models: CharacterModels): PlacedReading {
  const { language, lexicon } = reading;
  const given = new Map(lexicon.map((word) => [word, 1]));
  return { reading, place: likelyText({ language, before: '', after: '', given }, models) };
}

/** Scores of the sets, by their names. */
export function scoreReadings(
  readings: readonly PlacedReading[],
  weights: DecoderWeights,
): Map<string, SetScore> {
  const decoder = new LineDecoder(weights);
  const bySet = groupBy(readings, ({ reading }) => reading.set);
  return new Map([...bySet].map(([set, some]) => [set, scoreSet(some, decoder)]));
}

function scoreSet(readings: readonly PlacedReading[], decoder: LineDecoder): SetScore {
  const sums = { characters: 0, allCharacters: 0, plain: 0, decoded: 0, withSpaces: 0, exact: 0 };
  const start = process.cpuUsage();
  for (const { reading, place } of readings) {
    const { label, frames } = reading;
    const candidates = decoder.decode(frames, place);
    const text = candidates[0]?.text ?? '';
    const errors = editDistance(unspaced(label), unspaced(text));
    sums.characters += unspaced(label).length;
    sums.allCharacters += label.length;
    sums.plain += editDistance(unspaced(label), unspaced(plainOf(candidates)));
    sums.decoded += errors;
    sums.withSpaces += editDistance(label, text);
    if (errors === 0) sums.exact++;
  }
  const { user, system } = process.cpuUsage(start);
  return {
    lines: readings.length,
    plain: sums.plain / sums.characters,
    decoded: sums.decoded / sums.characters,
    withSpaces: sums.withSpaces / sums.allCharacters,
    exact: sums.exact / readings.length,
    milliseconds: (user + system) / 1000 / readings.length,
  };
}

const plainOf = (candidates: readonly LineCandidate[]): string =>
  candidates.find(({ isPlain }) => isPlain)?.text ?? '';

const unspaced = (text: string): string => text.replaceAll(' ', '');
