import { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { loadSymbolModel } from '../../src/engine/recognition/symbolModel';
import { directionMaps, DIRECTIONS } from '../../src/ink/directionMaps';
import { PICTURE_SIZE } from '../../src/ink/rasterize';
import { calibration } from '../../src/metrics/calibration';
import { SymbolTable } from '../../src/symbols/symbolTable';
import { SHEET, writeErrors } from '../characters/errorSheet';
import { countSymbols, rankAll, symbolMetrics, type Ranked } from './measure';
import { loadDetexify } from './sources';

/** Pairs of symbols that are confused that are printed. */
const PAIRS = 40;

interface Options {
  data: string;
  model: string;
  table: string;
  sheet?: string;
}

const options = new Command('evaluate:symbols')
  .description('Measures the bundled model of symbols on the drawings that it never learned from.')
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option('--model <folder>', 'the model', path.join('media', 'models', 'symbols'))
  .option('--table <file>', 'the classes', path.join('media', 'symbols.json'))
  .option('--sheet <file>', 'draw those that are not among the first five, as a PNG, and name them')
  .parse()
  .opts<Options>();

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  await startWasm();
  const table = SymbolTable.parse(await readFile(options.table, 'utf8'));
  const model = await loadSymbolModel(options.model);
  const { learned, heldOut } = await loadDetexify(options.data, table);
  const ranked = await rankAll(model, heldOut);
  for (const each of symbolMetrics(ranked, countSymbols([...learned, ...heldOut]))) {
    print(
      `${each.dataset}, ${String(each.samples)} drawings: top-1 ${percent(each.top1)}, top-5 ${percent(each.top5)}, ` +
        `top-10 ${percent(each.top10)}`,
    );
  }
  const { error } = calibration(
    ranked.map(({ confidence }) => confidence),
    ranked.map(({ rank }) => (rank === 0 ? 1 : 0)),
  );
  print(`expected calibration error ${percent(error)}`);
  printPairs(ranked, model.card.classes);
  if (options.sheet !== undefined) await drawSheet(ranked, model.card.classes, options.sheet);
}

/** What is confused with what, the most frequent first. */
function printPairs(ranked: readonly Ranked[], classes: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const { sample, rank, best } of ranked) {
    if (rank === 0) continue;
    const pair = `${classes[sample.index] ?? ''} as ${classes[best] ?? ''}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  for (const [pair, count] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, PAIRS)) {
    print(`${String(count).padStart(4)}  ${pair}`);
  }
}

async function drawSheet(ranked: readonly Ranked[], classes: readonly string[], file: string): Promise<void> {
  const missed = ranked.filter(({ rank }) => rank >= 5).slice(0, SHEET);
  const errors = missed.map(({ sample, rank, best }) => {
    const maps = directionMaps(sample.ink, PICTURE_SIZE);
    const picture = Float32Array.from({ length: PICTURE_SIZE ** 2 }, (_, pixel) =>
      Math.min(1, maps.subarray(pixel * DIRECTIONS, (pixel + 1) * DIRECTIONS).reduce((a, b) => a + b) / 255),
    );
    const words = `${classes[sample.index] ?? ''} as ${classes[best] ?? ''}, place ${String(rank + 1)}`;
    return { picture, words };
  });
  await writeErrors(file, errors);
}

void main();
