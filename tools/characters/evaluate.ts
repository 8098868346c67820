import { Command } from 'commander';
import path from 'node:path';
import { Random } from '../../src/base/random';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { loadModel } from '../../src/engine/models/loadModel';
import { recognizeInk } from '../../src/engine/recognition/recognize';
import type { LoadedModel } from '../../src/engine/models/loadedModel';
import { BUNDLED_CLASSES } from './classes';
import { SHEET, type ShownError, writeErrors } from './errorSheet';
import { KINDS, NoCharacters } from './noCharacters';
import { keepScores } from './keepScores';
import type { PooledInk } from './pooledInk';
import { measured } from './scores';
import { inksOf, wordsOf } from './sources';

/** Ink of each kind that is no character. */
const UNSURE_SAMPLES = 500;
/** What is no character is to get less for its first candidate. */
const UNSURE = 0.4;

interface Options {
  data: string;
  model: string;
  sheet?: string;
  write?: true;
}

const options = new Command('evaluate:characters')
  .description('Measures the bundled model of characters on all that it never learned from.')
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option('--model <folder>', 'the model', path.join('media', 'models', 'characters'))
  .option(
    '--sheet <file>',
    'only draw what is read wrongly of UNIPEN, the surest first, as a PNG, and name it',
  )
  .option('--write', "only measure, and give the scores to the model's card")
  .parse()
  .opts<Options>();

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  await startWasm();
  if (options.write) return keepScores(options.model, options.data);
  const model = await loadModel(options.model);
  if (options.sheet !== undefined) return drawSheet(model, options.sheet);
  for await (const { test, evaluation } of measured(model, options.data)) {
    const { samples, accuracy, top3, calibration } = evaluation;
    print(
      `${test.name}, ${test.alphabet}, ${String(samples)} samples: top-1 ${percent(accuracy)}, top-3 ${percent(top3)}, ` +
        `expected calibration error ${percent(calibration.error)}`,
    );
  }
  await printUnsure(model);
}

async function drawSheet(model: LoadedModel, file: string): Promise<void> {
  const errors: (ShownError & { sureness: number })[] = [];
  for (const { ink, penWidth, classes } of await unipenCharacters()) {
    const options = { alphabet: 'all', top: 1, penWidth };
    const { candidates, picture } = await recognizeInk(model, ink, options);
    const [truth, answer] = [BUNDLED_CLASSES[classes[0] ?? -1] ?? '', candidates[0]];
    if (!answer || answer.text === truth) continue;
    errors.push({
      picture: Float32Array.from(picture.pixels, (gray) => gray / 255),
      words: `${truth} as ${answer.text}, ${percent(answer.probability)}`,
      sureness: answer.probability,
    });
  }
  await writeErrors(file, errors.sort((a, b) => b.sureness - a.sureness).slice(0, SHEET));
}

const unipenCharacters = (): Promise<PooledInk[]> =>
  inksOf(path.join(options.data, 'ink', 'unipen', 'characters.jsonl.gz#dev-isolated'));

/** How often what is no character is known for that. */
async function printUnsure(model: LoadedModel): Promise<void> {
  const noCharacters = new NoCharacters(await wordsOf(options.data, 'dev'), await unipenCharacters());
  const random = new Random(1);
  for (const kind of KINDS) {
    let unsure = 0;
    for (let sample = 0; sample < UNSURE_SAMPLES; sample++) {
      const { ink, penWidth } = noCharacters.draw(kind, random);
      const { candidates } = await recognizeInk(model, ink, { alphabet: 'all', top: 1, penWidth });
      if ((candidates[0]?.probability ?? 0) < UNSURE) unsure++;
    }
    print(
      `${kind}, no character: first candidate under ${percent(UNSURE)} in ${percent(unsure / UNSURE_SAMPLES)}`,
    );
  }
}

void main();
