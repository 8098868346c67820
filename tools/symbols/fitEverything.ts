// Fits what tells a symbol from characters where the pad reads both: `node scripts/recipe.mjs symbols/fitEverything`.
import { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Random } from '../../src/base/random';
import { percent } from '../../src/base/words';
import { openDataset } from '../../src/datasets/open';
import type { InkSamples } from '../../src/datasets/samples';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { loadModel } from '../../src/engine/models/loadModel';
import { symbolProbability } from '../../src/engine/recognition/everything';
import { logistic, logit } from '../../src/engine/recognition/logistic';
import { InkReader } from '../../src/engine/recognition/inkReader';
import { loadLineModel } from '../../src/engine/recognition/lineModel';
import { PlaceTexts } from '../../src/engine/recognition/placeTexts';
import { loadSymbolModel } from '../../src/engine/recognition/symbolModel';
import { symbolReadings } from '../../src/engine/recognition/symbolReadings';
import type { Ink } from '../../src/ink/ink';
import { SymbolTable } from '../../src/symbols/symbolTable';
import { loadDetexify } from './sources';

const STEPS = 4_000;
const RATE = 0.5;

interface Drawn {
  readonly ink: Ink;
  readonly isSymbol: boolean;
}

/** How sure both models are of an ink, as logits. */
interface Sureness {
  readonly symbols: number;
  readonly characters: number;
  readonly isSymbol: boolean;
  /** As the shipped weights have it. */
  readonly probability: number;
}

const options = new Command('fitEverything')
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option('--symbols <folder>', 'the model of symbols', path.join('media', 'models', 'symbols'))
  .option('--most <count>', 'inks of each kind', Number, 600)
  .parse()
  .opts<{ data: string; symbols: string; most: number }>();

/** Inks of dev writers that are letters, digits or words, and drawings of symbols that are held out. */
async function drawn(random: Random): Promise<Drawn[]> {
  const unipen = (name: string) => path.join(options.data, 'ink', 'unipen', name);
  const characters = await inksOf(unipen('characters.jsonl.gz#dev-isolated'), /^[A-Za-z0-9]$/);
  const words = await inksOf(unipen('words.jsonl.gz#dev'), /^.{2,}$/);
  const table = SymbolTable.parse(await readFile(path.join('media', 'symbols.json'), 'utf8'));
  const { heldOut } = await loadDetexify(options.data, table);
  const some = (inks: readonly Ink[], count: number) => random.shuffled(inks).slice(0, count);
  const texts = [...some(characters, (2 * options.most) / 3), ...some(words, options.most / 3)];
  const symbols = some(
    heldOut.map(({ ink }) => ink),
    options.most,
  );
  const all = [
    ...texts.map((ink) => ({ ink, isSymbol: false })),
    ...symbols.map((ink) => ({ ink, isSymbol: true })),
  ];
  return random.shuffled(all);
}

async function inksOf(id: string, label: RegExp): Promise<Ink[]> {
  const dataset = await openDataset(id);
  const { inks, labels } = (await dataset.load('all')) as InkSamples;
  return inks.filter((_, at) => label.test(dataset.classes[labels[at] ?? 0] ?? ''));
}

async function surenessOf(all: readonly Drawn[]): Promise<Sureness[]> {
  await startWasm();
  const characters = await loadModel(path.join('media', 'models', 'characters'));
  const lines = await loadLineModel(path.join('media', 'models', 'lines'));
  const symbols = await loadSymbolModel(options.symbols);
  const place = { before: '', after: '', language: 'plaintext', offered: [], given: [], elsewhere: [] };
  const likely = await new PlaceTexts(path.join('media', 'language')).at(place);
  const reader = new InkReader();
  const found: Sureness[] = [];
  for (const { ink, isSymbol } of all) {
    const common = { characters, ink, prototypes: [], top: 5 };
    const { readings } = await reader.read({
      ...common,
      lines,
      likely,
      alphabet: 'everything',
      mode: 'auto',
    });
    const symbolsRead = await symbolReadings({ ...common, symbols });
    found.push({
      symbols: logit(symbolsRead[0]?.probability ?? 0),
      characters: logit(readings[0]?.probability ?? 0),
      isSymbol,
      probability: symbolProbability(readings, symbolsRead),
    });
  }
  return found;
}

/** The logistic function that makes what the inks are likeliest: gradient descent on its logarithm. */
function fit(all: readonly Sureness[]) {
  const weights = { bias: 0, symbols: 1, characters: -1 };
  for (let step = 0; step < STEPS; step++) {
    const gradient = { bias: 0, symbols: 0, characters: 0 };
    for (const each of all) {
      const error = probabilityBy(weights, each) - (each.isSymbol ? 1 : 0);
      gradient.bias += error;
      gradient.symbols += error * each.symbols;
      gradient.characters += error * each.characters;
    }
    weights.bias -= (RATE * gradient.bias) / all.length;
    weights.symbols -= (RATE * gradient.symbols) / all.length / 4;
    weights.characters -= (RATE * gradient.characters) / all.length / 4;
  }
  return weights;
}

function probabilityBy(
  weights: { bias: number; symbols: number; characters: number },
  { symbols, characters }: Pick<Sureness, 'symbols' | 'characters'>,
): number {
  return logistic(weights.bias + weights.symbols * symbols + weights.characters * characters);
}

/** Of symbols and of characters, the share that is taken for what it is. */
function rightBy(all: readonly Sureness[], probability: (of: Sureness) => number): string {
  const share = (isSymbol: boolean) => {
    const own = all.filter((each) => each.isSymbol === isSymbol);
    return percent(own.filter((each) => probability(each) > 0.5 === isSymbol).length / own.length);
  };
  return `${share(true)} of symbols, ${share(false)} of characters and words`;
}

async function main(): Promise<void> {
  const all = await surenessOf(await drawn(new Random(1)));
  const half = all.length / 2;
  const weights = fit(all.slice(0, half));
  console.log(weights);
  const others = all.slice(half);
  console.log(`fitted: ${rightBy(others, (each) => probabilityBy(weights, each))}`);
  console.log(`shipped: ${rightBy(others, ({ probability }) => probability)}`);
}

void main();
