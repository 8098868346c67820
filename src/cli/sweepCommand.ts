import { InvalidArgumentError, Option, type Command } from 'commander';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { UserError } from '../base/userError';
import { counted, percent } from '../base/words';
import { openDataset } from '../datasets/open';
import type { StartedBackend } from '../engine/backends/backend';
import { runSweep } from '../engine/training/runSweep';
import { ModelError } from '../models/errors';
import { makeSweep } from '../runs/sweep/makeSweep';
import { ranked, type NextTrial } from '../runs/sweep/nextTrial';
import { NETWORK, parseParameter, type SweepBase } from '../runs/sweep/parameters';
import { sweepCsv } from '../runs/sweep/sweepCsv';
import {
  MOST_TRIALS,
  SWEEP_METHODS,
  USUAL_HALVING,
  USUAL_TRIALS,
  type SweepFile,
  type SweepMethod,
  type SweepParameter,
  type SweepTrial,
} from '../runs/sweep/sweepFile';
import { SweepStore } from '../runs/sweep/sweepStore';
import { checkPlace } from './checkPlace';
import { datasetReference } from './datasetReference';
import { describeBackend } from './describeBackend';
import { UsageError } from './errors';
import { homeFolder } from './home';
import { interruptible } from './interruptible';
import { modelStore } from './modelReference';
import { NETWORK_NAMES, readNetwork, USUAL_NETWORK } from './networkReference';
import { numberBetween } from './numbers';
import { print, say } from './output';
import { addSettingOptions, chosenSettings } from './trainOptions';

interface Options {
  dataset?: string;
  network?: string;
  vary?: SweepParameter[];
  method: SweepMethod;
  trials: number;
  firstEpochs: number;
  reduction: number;
  name?: string;
  resume?: string;
  csv?: string;
  json?: boolean;
  [setting: string]: unknown;
}

export function addSweepCommand(program: Command): void {
  const command = program
    .command('sweep')
    .description('try settings and networks on a dataset, and keep the best model')
    .option('--dataset <id|path>', 'a stored dataset, a folder, or an ink file')
    .option('--network <preset|file>', `one of ${NETWORK_NAMES.join(', ')}, or a file (${USUAL_NETWORK})`)
    .option(
      '--vary <parameter=values>',
      'learning-rate=0.0001..0.01, batch-size=32,64, augment.shift=0..2, network=lenet-5,keras-mnist or layers.3.units=32..256; can be given several times',
      (text: string, before: SweepParameter[] | undefined) => [...(before ?? []), readParameter(text)],
    )
    .addOption(
      new Option(
        '--method <name>',
        'every combination, random ones, or random ones of which the best train on (ASHA)',
      )
        .choices([...SWEEP_METHODS])
        .default('halving'),
    )
    .option(
      '--trials <number>',
      'how many are drawn at random',
      numberBetween(1, MOST_TRIALS, true),
      USUAL_TRIALS,
    )
    .option(
      '--first-epochs <number>',
      'of halving: epochs before the first comparison',
      numberBetween(1, 10_000, true),
      USUAL_HALVING.firstEpochs,
    )
    .option(
      '--reduction <number>',
      'of halving: one of so many goes on, to so many times the epochs',
      numberBetween(2, 100, true),
      USUAL_HALVING.reduction,
    )
    .option('--name <name>', 'of the model (the network and "sweep")');
  addSettingOptions(command)
    .option('--resume <sweep>', 'go on with a sweep: its folder or id')
    .option('--csv <file>', 'also write the trials as a table')
    .option('--json', 'print one JSON object a comparison')
    .action(async (options: Options) => {
      const home = homeFolder(program.opts<{ home?: string }>().home);
      // before all the work that it is to hold
      if (options.csv !== undefined) await checkPlace(options.csv);
      const store = new SweepStore(home);
      const folder =
        options.resume === undefined ? await create(store, options, home) : await store.find(options.resume);
      await search(folder, options, home);
    });
}

function readParameter(text: string): SweepParameter {
  try {
    return parseParameter(text);
  } catch (error) {
    throw error instanceof UserError ? new InvalidArgumentError(error.message) : error;
  }
}

async function create(store: SweepStore, options: Options, home: string): Promise<string> {
  const { dataset, vary: parameters, method, firstEpochs, reduction, trials: count } = options;
  if (dataset === undefined) throw new UsageError('Give --dataset, or --resume to go on with a sweep.');
  if (!parameters)
    throw new UsageError('Give --vary with what is to be tried, as in --vary batch-size=32,64.');
  const base = await baseOf(options, parameters);
  const name = options.name ?? `${base.network.name} sweep`;
  const created = new Date().toISOString();
  const reference = datasetReference(dataset);
  const plan = { name, dataset: reference, parameters, method, firstEpochs, reduction, created, base, count };
  const { sweep, runs } = makeSweep(plan);
  // what cannot be trained leaves no sweep behind
  await openDataset(dataset, home);
  return (await store.create(sweep, runs)).folder;
}

async function baseOf(options: Options, parameters: readonly SweepParameter[]): Promise<SweepBase> {
  const named = parameters.flatMap((each) =>
    each.kind === 'values' && each.name === NETWORK ? each.values.map(String) : [],
  );
  if (named.length > 0 && options.network !== undefined)
    throw new UsageError('Give --network or --vary network=, not both.');
  const read = await Promise.all(named.map(async (name) => [name, await readNetwork(name)] as const));
  const [first] = read;
  return {
    network: first ? first[1] : await readNetwork(options.network ?? USUAL_NETWORK),
    networks: Object.fromEntries(read),
    chosen: chosenSettings(options),
  };
}

async function search(folder: string, { csv, json = false }: Options, home: string): Promise<void> {
  const id = path.basename(folder);
  say(`sweep ${id}`);
  let told = false;
  const onBackend = (backend: StartedBackend) => {
    if (!told) say(describeBackend(backend));
    told = true;
  };
  const { outcome, sweep } = await interruptible((rest) =>
    runSweep({
      folder,
      home,
      models: modelStore(home),
      rest,
      onScore: (next, trial) => printScore(next, trial, json),
      training: { threads: { onTrouble: say }, onBackend },
    }),
  );
  if (csv !== undefined) await writeFileAtomic(csv, sweepCsv(sweep));
  if (outcome === 'resting') throw new ModelError(`Stopped: sweep --resume ${id} goes on from here.`);
  sayResult(sweep);
}

function printScore({ place, epochs }: NextTrial, trial: SweepTrial, json: boolean): void {
  const { values, state, message } = trial;
  const accuracy = trial.scores.at(-1)?.accuracy;
  if (json) {
    print(JSON.stringify({ trial: place + 1, values, epochs, accuracy, state, message }));
    return;
  }
  const result = message ?? `validation accuracy ${percent(accuracy ?? 0)}`;
  print(`trial ${place + 1}  ${wordsOf(values)}  ${counted(epochs, 'epoch')}  ${result}`);
}

function sayResult({ trials, model }: SweepFile): void {
  const [best] = ranked(trials);
  const trial = best === undefined ? undefined : trials[best];
  if (best === undefined || !trial || model === undefined)
    throw new ModelError('No trial could be trained to its end: try other values.');
  say(
    `best: trial ${best + 1}  ${wordsOf(trial.values)}  validation accuracy ${percent(trial.scores.at(-1)?.accuracy ?? 0)}`,
  );
  say(`model ${model}`);
}

const wordsOf = (values: SweepTrial['values']): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ');
