import { Command } from 'commander';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import v8 from 'node:v8';
import writeFileAtomic from 'write-file-atomic';
import { Random } from '../../datasets/random';
import { startWasm } from '../../engine/backends/wasm/wasmBackend';
import { loadNetworkModel, saveModel } from '../../engine/models/layersModel';
import { buildModel } from '../../engine/training/buildModel';
import { makeOptimizer } from '../../engine/training/optimizer';
import { learningRateFactor } from '../../engine/training/schedule';
import { Trainer, type TrainerState } from '../../engine/training/trainer';
import type { Card, CardEpoch } from '../../models/card';
import { PRESETS } from '../../networks/presets';
import { PICTURE_SIZE } from '../../ink/rasterize';
import { MixedBatches } from './batches';
import { BUNDLED_CLASSES } from './classes';
import { writeContactSheet } from './contactSheet';
import { scoresOf } from './scores';
import { correctPriors } from './priors';
import { handwritten, loadByClass, loadSources, type Source } from './sources';

/** Steps between two checkpoints, each of which is one line of the history. */
const STEPS_PER_EPOCH = 500;
/** Samples of EMNIST byclass' train file that the classes' shares are taken from at the end. */
const PRIOR_SAMPLES = 30_000;
/** How much scanned pictures are varied in the second stage, against the first. */
const FINE_STRENGTH = 0.15;

interface Options {
  data: string;
  fonts: string;
  work: string;
  out: string;
  steps: number;
  fineSteps: number;
  batchSize: number;
  learningRate: number;
  fineLearningRate: number;
  seed: number;
  sheet?: string;
}

interface Checkpoint {
  readonly step: number;
  readonly trainer: TrainerState;
  readonly batches: readonly number[];
  readonly history: readonly CardEpoch[];
}

const options = new Command('train:bundled')
  .description('Trains the model that ships with Scrawl; started again, it goes on from its last checkpoint.')
  .option('--data <folder>', 'real handwriting', path.join('..', 'shared', 'data'))
  .option(
    '--fonts <folder>',
    'handwriting fonts',
    path.join('src', 'cli', 'bundled', 'fonts', 'node_modules', '@fontsource'),
  )
  .option('--work <folder>', 'where checkpoints are kept', path.join('out', 'bundled'))
  .option('--out <folder>', 'where the model is written', path.join('media', 'model'))
  .option('--steps <number>', 'batches of the first stage', Number, 7500)
  .option('--fine-steps <number>', 'batches of the second stage', Number, 4000)
  .option('--batch-size <number>', 'samples in a batch', Number, 128)
  .option('--learning-rate <number>', 'at its highest', Number, 0.0015)
  .option('--fine-learning-rate <number>', 'at the start of the second stage', Number, 0.0007)
  .option('--seed <number>', 'of weights and samples', Number, 1)
  .option('--sheet <file>', 'only draw samples of every source, beside each other, as a PNG')
  .parse()
  .opts<Options>();

const allSteps = options.steps + options.fineSteps;

const say = (text: string) => process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  await mkdir(options.work, { recursive: true });
  const sources = await loadSources(options.data, options.fonts);
  for (const { pool } of sources) say(`${pool.name}: ${String(pool.size)} samples`);
  if (options.sheet !== undefined) await drawSheet(sources, options.sheet);
  else await train(sources);
}

/** A row of samples of each source as the network gets them. */
async function drawSheet(sources: readonly Source[], file: string): Promise<void> {
  const random = new Random(options.seed);
  const rows = sources.map(({ pool }) =>
    Array.from({ length: 24 }, () => {
      const picture = new Float32Array(PICTURE_SIZE * PICTURE_SIZE);
      pool.draw(picture, 0, random, 1);
      return picture;
    }),
  );
  await writeContactSheet(file, rows);
}

async function train(sources: readonly Source[]): Promise<void> {
  const { threads } = await startWasm();
  const network = PRESETS['scrawl-best'];
  if (!network) throw new Error('the network of the bundled model is gone');
  const model = buildModel(network, BUNDLED_CLASSES.length, options.seed);
  const trainer = new Trainer(model, makeOptimizer('adam', options.learningRate), new Random(options.seed), {
    loss: 'cross-entropy',
    labelSmoothing: 0.03,
    weightDecay: 0,
    decoupledDecay: false,
    averageDecay: 0.98,
  });
  const batches = new MixedBatches(sources, options.seed);
  const checkpointFile = path.join(options.work, 'checkpoint.bin');
  let { step, history } = await resume(checkpointFile, trainer, batches);
  say(`wasm on ${String(threads)} threads, step ${String(step)} of ${String(allSteps)}`);
  while (step < allSteps) {
    const epoch = await trainEpoch(trainer, batches, step);
    step = Math.min(allSteps, step + STEPS_PER_EPOCH);
    history = [...history, epoch];
    say(JSON.stringify(epoch));
    const checkpoint: Checkpoint = {
      step,
      trainer: await trainer.save(),
      batches: batches.random.save(),
      history,
    };
    await writeFileAtomic(checkpointFile, v8.serialize(checkpoint));
    const card = makeCard(sources, history, model.countParams());
    await trainer.withAverage(() => saveModel(options.out, { card, layers: model }, 'float16'));
  }
  trainer.dispose();
  await finish();
}

/** Gives the classes of the written model their natural shares, and its card the scores. */
async function finish(): Promise<void> {
  const model = await loadNetworkModel(options.out);
  const byClass = await loadByClass(options.data);
  await correctPriors(model, byClass, PRIOR_SAMPLES, new Random(options.seed));
  const metrics = await scoresOf(model, options.data);
  for (const score of metrics) say(JSON.stringify(score));
  const { card, layers } = model;
  await saveModel(options.out, { layers, card: { ...card, metrics } }, 'float16');
}

async function resume(file: string, trainer: Trainer, batches: MixedBatches) {
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return { step: 0, history: [] as readonly CardEpoch[] };
  const checkpoint = v8.deserialize(bytes) as Checkpoint;
  await trainer.restore(checkpoint.trainer);
  batches.random.restore(checkpoint.batches);
  return checkpoint;
}

/** What a step is taken with. */
interface Stage {
  readonly learningRate: number;
  /** From the first shares of the sources, 0, to the last ones, 1. */
  readonly progress: number;
  /** How much scanned pictures are varied, 0 to 1. */
  readonly strength: number;
}

/**
 * The first stage varies pictures strongly, so that the network generalises. The second one hardly does: what tells O
 * from 0 and l from 1 on NIST's forms is so fine that variation hides it.
 */
function stageAt(step: number): Stage {
  const progress = step / options.steps;
  if (progress < 1) {
    const learningRate = options.learningRate * learningRateFactor('one-cycle', progress);
    return { learningRate, progress, strength: 1 - 0.7 * progress };
  }
  const fineProgress = (step - options.steps) / options.fineSteps;
  const learningRate = options.fineLearningRate * learningRateFactor('cosine', fineProgress);
  return { learningRate, progress: 1, strength: FINE_STRENGTH };
}

async function trainEpoch(trainer: Trainer, batches: MixedBatches, from: number): Promise<CardEpoch> {
  const started = performance.now();
  const to = Math.min(allSteps, from + STEPS_PER_EPOCH);
  let loss = 0;
  let correct = 0;
  let learningRate = options.learningRate;
  for (let step = from; step < to; step++) {
    const stage = stageAt(step);
    learningRate = stage.learningRate;
    const batch = batches.next(options.batchSize, stage.progress, stage.strength);
    const result = await trainer.step(batch, learningRate);
    loss += result.loss;
    correct += result.correct;
    if (step % 50 === 0) say(`step ${String(step)} loss ${result.loss.toFixed(3)}`);
  }
  return {
    epoch: Math.ceil(to / STEPS_PER_EPOCH),
    loss: loss / (to - from),
    accuracy: correct / (to - from) / options.batchSize,
    learningRate,
    seconds: (performance.now() - started) / 1000,
  };
}

function makeCard(sources: readonly Source[], history: readonly CardEpoch[], parameters: number): Card {
  return {
    name: 'Scrawl',
    description:
      'Reads single handwritten characters: the 94 printable ASCII characters. Ships with Scrawl; trained by ' +
      '`npm run train:bundled`. Characters that differ only in size (c and C, 0 and O) are told apart by their ' +
      'line width at best: choose an alphabet.',
    classes: [...BUNDLED_CLASSES],
    preprocessing: { kind: 'emnist', height: PICTURE_SIZE, width: PICTURE_SIZE },
    network: PRESETS['scrawl-best'],
    parameters,
    data: sources.map(({ card }) => card),
    handwrittenSamples: Object.fromEntries(
      BUNDLED_CLASSES.map((each, index) => [each, handwritten(sources, index)]),
    ),
    training: {
      settings: {
        steps: options.steps,
        fineSteps: options.fineSteps,
        fineLearningRate: options.fineLearningRate,
        batchSize: options.batchSize,
        optimizer: 'adam',
        learningRate: options.learningRate,
        schedule: 'one-cycle',
        labelSmoothing: 0.03,
        weightAverage: 0.98,
        priorSamples: PRIOR_SAMPLES,
        seed: options.seed,
        shares: sources.map(({ pool, shares }) => `${pool.name}: ${shares.join(' to ')}`).join('; '),
      },
      history: [...history],
    },
    metrics: [],
    backend: 'wasm',
  };
}

void main();
