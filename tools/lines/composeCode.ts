import { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { COMPOSED_LINES, COMPOSED_SEED, composeCode } from './tests';
import { readUnipen } from './written';

interface Options {
  data: string;
  lines: number;
  seed: number;
  out: string;
}

const options = new Command('compose:lines')
  .description('Composes lines of code of the characters of writers that nothing learns from, as JSON Lines.')
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option('--lines <number>', 'how many', Number, COMPOSED_LINES)
  .option(
    '--seed <number>',
    'of texts, writers and places; the same lines for the same seed',
    Number,
    COMPOSED_SEED,
  )
  .option('--out <file>', 'where they are written', path.join('out', 'composed.jsonl'))
  .parse()
  .opts<Options>();

async function main(): Promise<void> {
  const file = path.join(options.data, 'ink', 'unipen', 'characters.jsonl.gz');
  const characters = await readUnipen(file, false);
  const lines = await composeCode(characters.dev, options.lines, options.seed);
  const tenths = (value: number) => Math.round(10 * value) / 10;
  const texts = lines.map(({ id, text, paths }) => {
    const strokes = paths.map(({ x, y }) => Array.from(x, (value, i) => [tenths(value), tenths(y[i] ?? 0)]));
    return `${JSON.stringify({ id, label: text, strokes })}\n`;
  });
  await writeFile(options.out, texts.join(''));
  console.log(`${lines.length} lines are in ${options.out}.`);
}

void main();
