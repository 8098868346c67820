import { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { percentWithin } from '../../src/base/words';
import { loadLineModel } from '../../src/engine/recognition/lineModel';
import { scoreLines } from '../../src/metrics/lineScores';
import { NATIVE, startBackend } from '../training/recipeOptions';
import { readLanguage } from '../decoder/readLanguage';
import { measureDecoded } from './measure';
import { loadTests } from './tests';

interface Options {
  data: string;
  work: string;
  model: string;
  most: number;
  native?: string;
  json?: string;
}

const options = new Command('evaluate:lines')
  .description(
    'Reads lines of writers that the model never learned from, by the ink alone and with language, and prints how well.',
  )
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option('--work <folder>', 'where what was read of it is kept', path.join('out', 'lines'))
  .option('--model <folder>', 'the model', path.join('media', 'models', 'lines'))
  .option('--most <number>', 'lines of each test, evenly spread over it', Number, Infinity)
  .option(...NATIVE)
  .option('--json <file>', 'where every line with its answer is written')
  .parse()
  .opts<Options>();

async function main(): Promise<void> {
  await startBackend(options.native);
  const model = await loadLineModel(options.model);
  const models = await readLanguage(path.join('media', 'language'));
  const all: object[] = [];
  for (const test of await loadTests(options.data, options.work)) {
    const started = performance.now();
    const decodings = await measureDecoded(model, test, models, options.most);
    const seconds = (performance.now() - started) / 1000;
    const lines = decodings.get('greedy')?.length ?? 0;
    const { split, language } = test;
    console.log(
      `${test.name} (${split}, ${language || 'no language'}): ${lines} lines, ${seconds.toFixed(0)} s`,
    );
    for (const [decoding, read] of decodings) {
      const { cer, exact } = scoreLines(read);
      const spaced = scoreLines(read, 'counted').cer;
      console.log(
        `  ${decoding}: CER ${percentWithin(cer)}, exact ${percentWithin(exact)}; CER with blanks ${percentWithin(spaced)}`,
      );
      all.push(...read.map((line) => ({ test: test.name, decoding, ...line })));
    }
  }
  model.dispose();
  if (options.json !== undefined)
    await writeFile(options.json, all.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

void main();
