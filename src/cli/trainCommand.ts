import { Option, type Command } from 'commander';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { openDataset } from '../datasets/open';
import { startBackend } from '../engine/backends/startBackend';
import { saveModel } from '../engine/models/layersModel';
import { readCheckpoint, writeCheckpoint } from '../engine/training/checkpoint';
import { OPTIMIZERS, USUAL_LEARNING_RATE, type OptimizerName } from '../engine/training/optimizer';
import { run, type RunEvents, type RunSettings } from '../engine/training/run';
import { SCHEDULES, type Schedule } from '../engine/training/schedule';
import type { CardEpoch } from '../models/card';
import { ModelError } from '../models/errors';
import { BACKEND_CHOICES, type BackendChoice } from '../models/runSettings';
import { NetworkError, networkSchema, parseNetwork, type Network } from '../networks/network';
import { PRESETS } from '../networks/presets';
import { describeBackend } from './describeBackend';
import { UsageError } from './errors';
import { homeFolder } from './home';
import { numberBetween } from './numbers';
import { percent, print, say } from './output';

interface Options {
  dataset?: string;
  network: string;
  name?: string;
  epochs: number;
  batchSize: number;
  optimizer: OptimizerName;
  learningRate?: number;
  schedule: Schedule;
  validationSplit: number;
  augment?: boolean;
  patience: number;
  seed: number;
  backend: BackendChoice;
  limit: number;
  resume?: string;
  out?: string;
  json?: boolean;
}

/** What a run folder says of its run, beside the checkpoint. */
const runFileSchema = z.object({
  dataset: z.string(),
  network: networkSchema,
  settings: z.object({
    name: z.string(),
    epochs: z.number(),
    batchSize: z.number(),
    optimizer: z.enum(OPTIMIZERS),
    learningRate: z.number(),
    schedule: z.enum(SCHEDULES),
    validationSplit: z.number(),
    augment: z.boolean(),
    patience: z.number(),
    seed: z.number(),
    limit: z.number(),
  }),
});
type RunFile = z.infer<typeof runFileSchema>;

export function addTrainCommand(program: Command): void {
  program
    .command('train')
    .description('train a network on a dataset')
    .option(
      '--dataset <id|path>',
      'a stored dataset, a folder, an ink file, or an EMNIST archive with the split behind #',
    )
    .option(
      '--network <preset|file>',
      `one of ${Object.keys(PRESETS).join(', ')}, or a *.scrawlnet.json file`,
      'emnist-cnn',
    )
    .option('--name <name>', 'of the model (the network and the seed)')
    .option('--epochs <number>', 'times that every sample is learnt from', numberBetween(1, 10_000, true), 10)
    .option('--batch-size <number>', 'samples in a step', numberBetween(1, 4096, true), 128)
    .addOption(new Option('--optimizer <name>').choices([...OPTIMIZERS]).default('adam'))
    .option('--learning-rate <number>', 'at its highest (what suits the optimizer)', numberBetween(1e-8, 100))
    .addOption(
      new Option('--schedule <name>', 'of the learning rate').choices([...SCHEDULES]).default('constant'),
    )
    .option('--validation-split <fraction>', 'of the train split, held out', numberBetween(0, 0.9), 0.1)
    .option('--augment', 'vary the samples')
    .option(
      '--patience <epochs>',
      'without a better validation loss until the run ends; 0 never',
      numberBetween(0, 10_000, true),
      0,
    )
    .option('--seed <number>', 'of weights, order and split', numberBetween(0, 2 ** 31, true), 1)
    .addOption(new Option('--backend <name>', 'what computes').choices([...BACKEND_CHOICES]).default('auto'))
    .option('--limit <number>', 'most samples to learn from; 0 is all', numberBetween(0, 1e9, true), 0)
    .option('--resume <run>', 'go on with an interrupted run: its folder or id')
    .option('--out <folder>', 'where the model goes (under the home folder)')
    .option('--json', 'print one JSON object an epoch')
    .action(async (options: Options) => {
      await train(options, homeFolder(program.opts<{ home?: string }>().home));
    });
}

async function train(options: Options, home: string): Promise<void> {
  const resumed = options.resume === undefined ? undefined : await runFolder(options.resume, home);
  const { dataset: id, network, settings } = resumed ? await readRun(resumed) : await newRun(options);
  const folder = resumed ?? path.join(home, 'runs', `${settings.name}-${String(process.pid)}`);
  const checkpointFile = path.join(folder, 'checkpoint.bin');
  const dataset = await openDataset(id, home);
  for (const problem of dataset.problems) say(`left out ${problem}`);
  say(describeBackend(await startBackend(options.backend, home)));
  if (!resumed) await writeRun(folder, { dataset: id, network, settings });
  const stop = new AbortController();
  process.once('SIGINT', () => {
    stop.abort(new ModelError(`Stopped: --resume ${folder} goes on from the last whole epoch.`));
  });
  const events: RunEvents = {
    signal: stop.signal,
    onProgress: progressReporter(),
    onEpoch: (epoch) => {
      printEpoch(epoch, options.json ?? false);
    },
    onCheckpoint: (checkpoint) => writeCheckpoint(checkpointFile, checkpoint),
  };
  const model = await run(
    dataset,
    network,
    settings,
    events,
    resumed ? await readCheckpoint(checkpointFile) : undefined,
  );
  const out = path.resolve(options.out ?? path.join(home, 'models', settings.name));
  await mkdir(path.dirname(out), { recursive: true });
  await saveModel(out, model);
  say(`model ${out}`);
}

async function newRun(options: Options): Promise<RunFile> {
  if (options.dataset === undefined) throw new UsageError('Give --dataset, or --resume to go on with a run.');
  const network = await readNetwork(options.network);
  const settings: RunSettings = {
    name: options.name ?? `${network.name}-${String(options.seed)}`,
    epochs: options.epochs,
    batchSize: options.batchSize,
    optimizer: options.optimizer,
    learningRate: options.learningRate ?? USUAL_LEARNING_RATE[options.optimizer],
    schedule: options.schedule,
    validationSplit: options.validationSplit,
    augment: options.augment ?? false,
    patience: options.patience,
    seed: options.seed,
    limit: options.limit,
  };
  return { dataset: options.dataset, network, settings };
}

async function readNetwork(reference: string): Promise<Network> {
  const preset = PRESETS[reference];
  if (preset) return preset;
  const text = await readFile(reference, 'utf8').catch((cause: unknown) => {
    const names = Object.keys(PRESETS).join(', ');
    throw new NetworkError(`There is no network "${reference}": give a file, or one of ${names}.`, { cause });
  });
  return parseNetwork(text);
}

async function runFolder(reference: string, home: string): Promise<string> {
  for (const folder of [path.resolve(reference), path.join(home, 'runs', reference)]) {
    if (await readFile(path.join(folder, 'run.json')).catch(() => undefined)) return folder;
  }
  throw new ModelError(`There is no run "${reference}": give the folder or id of one.`);
}

async function readRun(folder: string): Promise<RunFile> {
  try {
    return runFileSchema.parse(JSON.parse(await readFile(path.join(folder, 'run.json'), 'utf8')));
  } catch (cause) {
    throw new ModelError(`The run in ${folder} is damaged: start it again.`, { cause });
  }
}

async function writeRun(folder: string, content: RunFile): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(path.join(folder, 'run.json'), `${JSON.stringify(content, null, 2)}\n`);
}

function printEpoch(epoch: CardEpoch, json: boolean): void {
  if (json) {
    print(JSON.stringify(epoch));
    return;
  }
  const { validationLoss, validationAccuracy } = epoch;
  const validation =
    validationLoss === undefined || validationAccuracy === undefined
      ? ''
      : `  validation loss ${validationLoss.toFixed(4)} accuracy ${percent(validationAccuracy)}`;
  print(
    `epoch ${String(epoch.epoch)}  loss ${epoch.loss.toFixed(4)} accuracy ${percent(epoch.accuracy)}` +
      `${validation}  ${epoch.seconds.toFixed(1)} s`,
  );
}

/** Says at each tenth of the run how far it is and how fast. */
function progressReporter(): (done: number, total: number) => void {
  const started = performance.now();
  let tenths = 0;
  return (done, total) => {
    if (Math.floor((10 * done) / total) <= tenths) return;
    tenths = Math.floor((10 * done) / total);
    const rate = (1000 * done) / (performance.now() - started);
    say(`${String(10 * tenths)}%  ${rate.toFixed(0)} samples a second`);
  };
}
