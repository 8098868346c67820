import { Command } from 'commander';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Random } from '../../src/base/random';
import { saveModel } from '../../src/engine/models/layersModel';
import { buildModel } from '../../src/engine/training/buildModel';
import { makeOptimizer } from '../../src/engine/training/optimizer';
import { Trainer } from '../../src/engine/training/trainer';
import { CHARACTER_POINTS, POINT_FEATURES } from '../../src/ink/characterPoints';
import type { InkCard } from '../../src/models/inkCard';
import { SCRAWL_INK } from '../../src/networks/scrawlInk';
import { BEGINNING, Course, courseOptions, type CourseOptions, type Position } from '../training/course';
import { say, startBackend } from '../training/recipeOptions';
import { BUNDLED_CLASSES } from './classes';
import { keepScores } from './keepScores';
import { InkBatches } from './inkBatches';
import { INK_OUTPUTS, loadInkSources, type InkSource } from './inkSources';

const options = courseOptions(
  new Command('train:ink').description(
    'Trains the network that reads the points of ink beside the bundled model of characters; started again, it goes on from its last checkpoint.',
  ),
  {
    work: path.join('out', 'ink'),
    out: path.join('media', 'models', 'characters', 'ink'),
    steps: 6000,
    learningRate: 0.002,
  },
)
  .parse()
  .opts<CourseOptions>();

/** Both networks count alike. */
const ALIKE = { picture: 0.5, ink: 0.5 };
const LEARNING = { labelSmoothing: 0.03, weightDecay: 0.02, weightAverage: 0.98 };

async function main(): Promise<void> {
  await mkdir(options.work, { recursive: true });
  const sources = await loadInkSources(options.data);
  for (const { name, samples, share } of sources)
    say(`${name}: ${String(samples)} samples, ${String(share)}`);
  const backend = await startBackend(options.native);
  const model = buildModel(SCRAWL_INK, INK_OUTPUTS, options.seed);
  say(`${String(model.countParams())} weights`);
  const trainer = new Trainer(model, makeOptimizer('adam', options.learningRate), new Random(options.seed), {
    loss: 'cross-entropy',
    labelSmoothing: LEARNING.labelSmoothing,
    weightDecay: LEARNING.weightDecay,
    decoupledDecay: true,
    averageDecay: LEARNING.weightAverage,
  });
  const write = (folder: string, position: Position) =>
    trainer.withAverage(() =>
      saveModel(
        folder,
        { card: makeCard(sources, position, model.countParams(), backend), layers: model },
        'float16',
      ),
    );
  const last = await new Course(trainer, new InkBatches(sources, options.seed), options).follow(
    () => Promise.resolve(BEGINNING),
    (position) => write(path.join(options.work, 'model'), position),
  );
  await write(options.out, last);
  // the scores are of the model in whose folder this network lies, and of both
  await keepScores(path.dirname(options.out), options.data);
}

function makeCard(
  sources: readonly InkSource[],
  { step, progress, history }: Position,
  parameters: number,
  backend: string,
): InkCard {
  return {
    name: 'Ink of characters',
    kind: 'ink',
    description:
      'Reads the points of a single handwritten character, in the order in which they were drawn, beside the pictures that ' +
      'Characters reads. Ships with Scrawl; trained by `npm run train:ink`.',
    classes: [...BUNDLED_CLASSES],
    preprocessing: { kind: 'points', points: CHARACTER_POINTS, features: POINT_FEATURES },
    network: SCRAWL_INK,
    parameters,
    data: sources.flatMap(({ card }) => card ?? []),
    training: {
      settings: {
        steps: step,
        progress,
        batchSize: options.batchSize,
        optimizer: 'adamw',
        weightDecay: LEARNING.weightDecay,
        learningRate: options.learningRate,
        schedule: 'cosine',
        labelSmoothing: LEARNING.labelSmoothing,
        weightAverage: LEARNING.weightAverage,
        seed: options.seed,
        shares: sources.map(({ name, share }) => `${name}: ${String(share)}`).join('; '),
      },
      history: [...history],
    },
    mixing: ALIKE,
    metrics: [],
    backend,
  };
}

void main();
