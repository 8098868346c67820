// npm run fit:decoder -- READINGS: fits what the decoder weighs with to lines of half of the writers, and scores the
// other half's.
import path from 'node:path';
import { groupBy } from '../../src/base/groupBy';
import { DECODER_WEIGHTS, type DecoderWeights } from '../../src/engine/recognition/lines/decoderWeights';
import { fitSpaces } from './fitSpaces';
import { fitTemperature } from './fitTemperature';
import { fitWeights } from './fitWeights';
import { readLanguage } from './readLanguage';
import { readReadings, type Reading } from './readings';
import { placed, scoreReadings, type PlacedReading } from './scoreReadings';

// so many lines of a set are fitted to, at most
const [file, mode = 'fit', most = '150'] = process.argv.slice(2);
if (file === undefined || !['fit', 'score'].includes(mode)) {
  console.error('Usage: npm run fit:decoder -- READINGS.jsonl.gz [fit|score] [LINES]');
  process.exit(2);
}

void main(file);

async function main(from: string): Promise<void> {
  const readings = await readReadings(from);
  const models = await readLanguage(path.join('media', 'language'));
  const [fitted, heldBack] = [readings.filter(isFitted), readings.filter((reading) => !isFitted(reading))];

  let weights = DECODER_WEIGHTS;
  if (mode === 'fit') {
    const some = firstOf(fitted);
    weights = { ...weights, ...fitSpaces(some) };
    const places = some.map((reading) => placed(reading, models));
    weights = fitWeights(places, weights);
    weights = { ...weights, temperature: fitTemperature(places, weights) };
    console.log(weights);
  }
  report(
    'fitted to',
    firstOf(fitted).map((reading) => placed(reading, models)),
    weights,
  );
  report(
    'other writers',
    heldBack.map((reading) => placed(reading, models)),
    weights,
  );
}

/** Half of the writers, whichever lines there are. */
function isFitted({ writer }: Reading): boolean {
  return (
    [...writer].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1009, 7) % 2 === 0
  );
}

/** The first lines of each set. */
function firstOf(all: readonly Reading[]): Reading[] {
  return [...groupBy(all, ({ set }) => set).values()].flatMap((some) => some.slice(0, Number(most)));
}

function report(name: string, places: readonly PlacedReading[], by: DecoderWeights): void {
  console.log(name);
  for (const [set, score] of scoreReadings(places, by)) {
    const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
    console.log(
      `  ${set}: ${score.lines} lines, plain ${percent(score.plain)}, decoded ${percent(score.decoded)}, ` +
        `with spaces ${percent(score.withSpaces)}, exact ${percent(score.exact)}, ${score.milliseconds.toFixed(1)} ms`,
    );
  }
}
