import { Command } from 'commander';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Random } from '../../src/base/random';
import { saveModel } from '../../src/engine/models/layersModel';
import { SymbolModel } from '../../src/engine/recognition/symbolModel';
import { buildModel } from '../../src/engine/training/buildModel';
import { makeOptimizer } from '../../src/engine/training/optimizer';
import { Trainer } from '../../src/engine/training/trainer';
import type { SymbolCard } from '../../src/models/symbolCard';
import { SCRAWL_SYMBOLS } from '../../src/networks/scrawlSymbols';
import { SymbolTable } from '../../src/symbols/symbolTable';
import { BEGINNING, Course, courseOptions, type CourseOptions, type Position } from '../training/course';
import { say, startBackend } from '../training/recipeOptions';
import { SymbolBatches } from './batches';
import { countSymbols, rankAll, symbolMetrics } from './measure';
import { loadDetexify, loadSymbolSources, type SymbolSource } from './sources';

/** Checkpoints between two looks at the drawings that are held out. */
const CHECKPOINTS_PER_LOOK = 4;

interface Options extends CourseOptions {
  table: string;
}

const options = courseOptions(
  new Command('train:symbols').description(
    'Trains the model of symbols that ships with Scrawl; started again, it goes on from its last checkpoint.',
  ),
  {
    work: path.join('out', 'symbols'),
    out: path.join('media', 'models', 'symbols'),
    steps: 8000,
    learningRate: 0.002,
  },
)
  .option('--table <file>', 'the classes', path.join('media', 'symbols.json'))
  .parse()
  .opts<Options>();

async function main(): Promise<void> {
  await mkdir(options.work, { recursive: true });
  const table = SymbolTable.parse(await readFile(options.table, 'utf8'));
  const sources = await loadSymbolSources(options.data, table);
  for (const { card, share } of sources)
    say(`${card.name}: ${String(card.samples)} samples, ${String(share)}`);
  const backend = await startBackend(options.native);
  const model = buildModel(SCRAWL_SYMBOLS, table.classes.length, options.seed);
  say(`${String(model.countParams())} weights, ${String(table.classes.length)} classes`);
  const trainer = new Trainer(model, makeOptimizer('adam', options.learningRate), new Random(options.seed), {
    loss: 'cross-entropy',
    labelSmoothing: 0.05,
    weightDecay: 0.02,
    decoupledDecay: true,
    averageDecay: 0.98,
  });
  const batches = new SymbolBatches(sources, table.classes.length, SCRAWL_SYMBOLS.input[0], options.seed);
  const { learned, heldOut } = await loadDetexify(options.data, table);
  const counts = countSymbols([...learned, ...heldOut]);
  /** Measures the averaged weights, and writes them. */
  const write = (folder: string, position: Position, isMeasured: boolean) =>
    trainer.withAverage(async () => {
      const card = makeCard(table, sources, position, model.countParams(), backend);
      const metrics = isMeasured
        ? symbolMetrics(await rankAll(new SymbolModel(card, model), heldOut), counts)
        : [];
      for (const each of metrics) say(JSON.stringify(each));
      await saveModel(folder, { card: { ...card, metrics }, layers: model }, 'float16');
    });
  const last = await new Course(trainer, batches, options).follow(
    () => Promise.resolve(BEGINNING),
    async (position) => {
      const isLook = position.history.length % CHECKPOINTS_PER_LOOK === 0;
      await write(path.join(options.work, 'model'), position, isLook);
    },
  );
  await write(options.out, last, true);
}

function makeCard(
  table: SymbolTable,
  sources: readonly SymbolSource[],
  { step, progress, history }: Position,
  parameters: number,
  backend: string,
): SymbolCard {
  const [height, width] = SCRAWL_SYMBOLS.input;
  return {
    name: 'Symbols',
    kind: 'symbols',
    description:
      'Reads one drawn symbol: mathematics, Greek, arrows, currency, phonetics, signs and accented letters, as LaTeX names ' +
      'them; what looks alike is one class. Ships with Scrawl; trained by `npm run train:symbols`. Accents are composed: no ' +
      'real ones were learned or measured, but for those that Detexify has.',
    classes: table.classes.map(({ id }) => id),
    preprocessing: { kind: 'directions', height, width },
    network: SCRAWL_SYMBOLS,
    parameters,
    data: sources.map(({ card }) => card),
    training: {
      settings: {
        steps: step,
        progress,
        batchSize: options.batchSize,
        optimizer: 'adamw',
        weightDecay: 0.02,
        learningRate: options.learningRate,
        schedule: 'cosine',
        labelSmoothing: 0.05,
        weightAverage: 0.98,
        seed: options.seed,
        shares: sources.map(({ card, share }) => `${card.name}: ${String(share)}`).join('; '),
      },
      history: [...history],
    },
    metrics: [],
    backend,
  };
}

void main();
