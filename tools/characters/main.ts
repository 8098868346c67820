import { Command } from 'commander';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Random } from '../../src/base/random';
import { loadNetworkModel, saveModel } from '../../src/engine/models/layersModel';
import { buildModel } from '../../src/engine/training/buildModel';
import { makeOptimizer } from '../../src/engine/training/optimizer';
import { Trainer } from '../../src/engine/training/trainer';
import type { Card } from '../../src/models/card';
import { inkFolderOf } from '../../src/models/inkCard';
import { PRESETS } from '../../src/networks/presets';
import { HANDWRITING } from '../../src/ink/distort';
import { PICTURE_SIZE } from '../../src/ink/rasterize';
import { BEGINNING, Course, courseOptions, type CourseOptions, type Position } from '../training/course';
import { say, startBackend } from '../training/recipeOptions';
import { MixedBatches } from './batches';
import { BUNDLED_CLASSES } from './classes';
import { keepScores } from './keepScores';
import { writeContactSheet } from './contactSheet';
import { correctPriors } from './priors';
import { handwritten, loadByClass, loadSources, type Source } from './sources';

/** Samples of EMNIST byclass' train file that the classes' shares are taken from at the end. */
const PRIOR_SAMPLES = 30_000;
/** Share of the targets that is spread over all classes. */
const LABEL_SMOOTHING = 0.03;
/** Degrees by which is turned in reading: as much as ink is turned in learning. */
const TURNED = HANDWRITING.rotation;

interface Options extends CourseOptions {
  fonts: string;
  from?: string;
  sheet?: string;
}

const options = courseOptions(
  new Command('train:bundled').description(
    'Trains the model that ships with Scrawl; started again, it goes on from its last checkpoint.',
  ),
  {
    work: path.join('out', 'bundled'),
    out: path.join('media', 'models', 'characters'),
    steps: 16_000,
    learningRate: 0.0015,
  },
)
  .option('--fonts <folder>', 'handwriting fonts', path.join('tools', 'fonts', 'node_modules', '@fontsource'))
  .option(
    '--from <folder>',
    'where there is no checkpoint, go on from this model: its weights and its history',
  )
  .option('--sheet <file>', 'only draw samples of every source, beside each other, as a PNG')
  .parse()
  .opts<Options>();

async function main(): Promise<void> {
  await mkdir(options.work, { recursive: true });
  const sources = await loadSources(options.data, options.fonts);
  for (const { pool } of sources) say(`${pool.name}: ${String(pool.size)} samples`);
  if (options.sheet !== undefined) await drawSheet(sources, options.sheet);
  else await train(sources, await startBackend(options.native));
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

async function train(sources: readonly Source[], backend: string): Promise<void> {
  const network = PRESETS['scrawl-best'];
  if (!network) throw new Error('the network of the bundled model is gone');
  const model = buildModel(network, BUNDLED_CLASSES.length, options.seed);
  const trainer = new Trainer(model, makeOptimizer('adam', options.learningRate), new Random(options.seed), {
    loss: 'cross-entropy',
    labelSmoothing: LABEL_SMOOTHING,
    weightDecay: 0,
    decoupledDecay: false,
    averageDecay: 0.98,
  });
  const write = (folder: string, position: Position) =>
    trainer.withAverage(() =>
      saveModel(
        folder,
        { card: makeCard(sources, position, model.countParams(), backend), layers: model },
        'float16',
      ),
    );
  const batches = new MixedBatches(sources, options.seed);
  const last = await new Course(trainer, batches, options).follow(
    () => begin(trainer, options.from),
    (position) => write(path.join(options.work, 'model'), position),
  );
  await keepingInk(options.out, path.join(options.work, 'ink'), async () => {
    await write(options.out, last);
    trainer.dispose();
    await calibrate();
  });
  await keepScores(options.out, options.data);
}

/** Takes the weights of a model of the same network, where there is one; what its optimizer knew is lost. */
async function begin(trainer: Trainer, from: string | undefined): Promise<Position> {
  if (from === undefined) return BEGINNING;
  const { card, layers } = await loadNetworkModel(from);
  trainer.restoreWeights(layers.getWeights().map((weight) => weight.dataSync<'float32'>()));
  layers.dispose();
  return { ...BEGINNING, history: card.training.history };
}

/** Lets the folder of the network of points stay in a model's folder while work writes that anew. */
async function keepingInk(folder: string, aside: string, work: () => Promise<void>): Promise<void> {
  const ink = await inkFolderOf(folder);
  if (ink !== undefined) await cp(ink, aside, { recursive: true });
  await work();
  if (ink !== undefined) await cp(aside, ink, { recursive: true });
}

/** Gives the classes of the written model their natural shares, and its answers back what smoothing took. */
async function calibrate(): Promise<void> {
  const model = await loadNetworkModel(options.out);
  const byClass = await loadByClass(options.data);
  await correctPriors(model, byClass, PRIOR_SAMPLES, new Random(options.seed));
  const card = { ...model.card, calibration: { smoothing: LABEL_SMOOTHING }, turned: TURNED };
  await saveModel(options.out, { layers: model.layers, card }, 'float16');
}

function makeCard(
  sources: readonly Source[],
  { step, progress, history }: Position,
  parameters: number,
  backend: string,
): Card {
  return {
    name: 'Characters',
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
        steps: step,
        progress,
        batchSize: options.batchSize,
        optimizer: 'adam',
        learningRate: options.learningRate,
        schedule: 'cosine',
        labelSmoothing: LABEL_SMOOTHING,
        weightAverage: 0.98,
        priorSamples: PRIOR_SAMPLES,
        seed: options.seed,
        ...(options.from !== undefined && { from: options.from, again: options.again ?? 0 }),
        shares: sources.map(({ pool, shares }) => `${pool.name}: ${shares.join(' to ')}`).join('; '),
      },
      history: [...history],
    },
    metrics: [],
    backend,
  };
}

void main();
