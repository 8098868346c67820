import { Option, type Command } from 'commander';
import path from 'node:path';
import { percent } from '../base/words';
import { openDataset } from '../datasets/open';
import { RunControl } from '../engine/training/runControl';
import { trainRun } from '../engine/training/trainRun';
import type { CardEpoch, CardMetrics } from '../models/card';
import { ModelError } from '../models/errors';
import { layerNames } from '../models/layerNames';
import { checkModelPlace, readCard } from '../models/modelFolder';
import { readLineCard } from '../models/lineCard';
import { checkModelName } from '../models/modelName';
import { settingsFor } from '../runs/presetSettings';
import type { RunFile } from '../runs/run';
import { type RunRecord, RunStore } from '../runs/runStore';
import type { LineNetwork } from '../networks/lineNetwork';
import type { Network } from '../networks/network';
import type { TrainingProgress } from '../protocol/engine/training';
import { describeBackend } from './describeBackend';
import { datasetReference } from './datasetReference';
import { UsageError } from './errors';
import { homeFolder } from './home';
import { lineModelFolder } from './lineReference';
import { modelFolder, modelStore } from './modelReference';
import { NETWORK_NAMES, readNetwork, USUAL_NETWORK } from './networkReference';
import { print, say } from './output';
import { printRates } from './printRates';
import { addMemberOptions, firstRun, type MemberOptions, membersOf } from './trainMembers';
import { addSettingOptions, chosenSettings } from './trainOptions';

/** Stands for the names of all layers but the last. */
const ALL_BUT_LAST = 'all-but-last';

interface Options extends MemberOptions {
  dataset?: string;
  from?: string;
  freeze?: string;
  logDir?: string;
  testRates?: boolean;
  json?: boolean;
  [setting: string]: unknown;
}

export function addTrainCommand(program: Command): void {
  const command = program
    .command('train')
    .description('train a network on a dataset')
    .option(
      '--dataset <id|path>',
      'a stored dataset, a folder, an ink file, or an EMNIST archive with the split behind #',
    )
    .option(
      '--network <preset|file>',
      `one of ${NETWORK_NAMES.join(', ')}, or a *.scrawlnet.json file (${USUAL_NETWORK}); several with commas between are an ensemble`,
    )
    .option('--name <name>', 'of the model (the network and the seed)');
  addMemberOptions(addSettingOptions(command))
    .option('--from <id|folder|bundled|lines>', 'a model to go on from, whatever classes it knows')
    .addOption(
      new Option(
        '--freeze <layers>',
        `layers of it that do not learn, with commas between, or ${ALL_BUT_LAST}`,
      ),
    )
    .option('--log-dir <folder>', 'also write the curves into it, for TensorBoard')
    .option('--test-rates', 'find a learning rate: train a short while with one that grows, and keep nothing')
    .option('--resume <run>', 'resume an interrupted run: its folder or id')
    .option('--out <folder>', 'where the model goes: a new folder, or that of a model (among the others)')
    .option('--json', 'print one JSON object an epoch')
    .action(async (options: Options) => {
      const home = homeFolder(program.opts<{ home?: string }>().home);
      if (options.testRates) return printRates(await newRun(options, home), home, options.json ?? false);
      const members = membersOf(options);
      const store = new RunStore(home);
      const { id } =
        options.resume === undefined
          ? await store.create(firstRun(await newRuns(members, home), options))
          : await store.find(options.resume);
      // of an ensemble, the members behind it too
      for (let next: string | undefined = id; next !== undefined;) {
        next = await train(await store.find(next), options, home);
      }
    });
}

/** @returns the id of the run to go on with, where it is an ensemble's */
async function train(
  { id, folder, run, state }: RunRecord,
  options: Options,
  home: string,
): Promise<string | undefined> {
  if (state.model !== undefined) {
    say(`${id} is done: its model is ${state.model}`);
    return undefined;
  }
  if (run?.ensemble) say(`member ${run.ensemble.member} of ${run.ensemble.members}`);
  const control = new RunControl();
  const leave = () => control.leave();
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  say(`run ${id}`);
  const { outcome, model, warning, next, ensemble } = await trainRun({
    folder,
    home,
    models: modelStore(home),
    control,
    out: options.out,
    // a resumed run may go on with another backend
    backend: options.resume === undefined ? undefined : chosenSettings(options).backend,
    onBackend: (backend) => say(describeBackend(backend)),
    onTrainer: (computes, gain) => {
      const reason = gain === undefined ? '' : `; Scrawl's kernels are ${gain.toFixed(1)} times as fast here`;
      say(`trained by ${computes}${reason}`);
    },
    onDataset: ({ problems }) => problems.forEach((problem) => say(`left out ${problem}`)),
    onProgress: progressReporter(),
    onEpoch: (epoch) => printEpoch(epoch, options.json ?? false),
    onScores: sayScores,
    threads: { onTrouble: say },
  });
  process.off('SIGINT', leave);
  process.off('SIGTERM', leave);
  if (outcome === 'paused' || model === undefined)
    throw new ModelError(`Stopped: train --resume ${id} goes on from here.`);
  if (warning !== undefined) say(warning);
  say(`model ${model}`);
  if (ensemble?.accuracy !== undefined) say(`ensemble  test  accuracy ${percent(ensemble.accuracy)}`);
  if (ensemble) say(`ensemble ${ensemble.model}`);
  return next;
}

async function newRuns(members: [Options, ...Options[]], home: string): Promise<[RunFile, ...RunFile[]]> {
  const [first, ...others] = members;
  const runs: [RunFile, ...RunFile[]] = [await newRun(first, home)];
  for (const member of others) runs.push(await newRun(member, home));
  return runs;
}

async function newRun(options: Options, home: string): Promise<RunFile> {
  const { dataset, from, freeze, logDir, out } = options;
  if (dataset === undefined) throw new UsageError('Give --dataset, or --resume to continue a run.');
  if (from !== undefined && options.network !== undefined)
    throw new UsageError('Give --network or --from: a model has its network.');
  if (freeze !== undefined && from === undefined) throw new UsageError('Give --from with --freeze.');
  const network =
    from === undefined ? await readNetwork(options.network ?? USUAL_NETWORK) : await networkOf(from, home);
  // what cannot be trained leaves no run behind
  if (options.name !== undefined) checkModelName(options.name);
  if (out !== undefined) await checkModelPlace(path.resolve(out));
  await openDataset(dataset, home);
  const settings = settingsFor(network.name, chosenSettings(options));
  return {
    name: options.name ?? `${network.name}-${settings.seed}`,
    dataset: datasetReference(dataset),
    network,
    settings,
    created: new Date().toISOString(),
    ...(logDir === undefined ? {} : { logDir: path.resolve(logDir) }),
    ...(from === undefined ? {} : { from: { model: from, frozen: await frozenLayers(from, freeze, home) } }),
  };
}

/** The network of a model; of an imported one only its input is known. */
async function networkOf(model: string, home: string): Promise<Network | LineNetwork> {
  const lines = await lineModelFolder(model, home);
  if (lines !== undefined) return (await readLineCard(lines)).network;
  const { name, network, preprocessing } = await readCard(await modelFolder(model, home));
  return network ?? { name, input: [preprocessing.height, preprocessing.width, 1], layers: [] };
}

async function frozenLayers(model: string, freeze: string | undefined, home: string): Promise<string[]> {
  if (freeze === undefined) return [];
  if (freeze !== ALL_BUT_LAST) return freeze.split(',').map((name) => name.trim());
  const folder = (await lineModelFolder(model, home)) ?? (await modelFolder(model, home));
  return (await layerNames(folder)).slice(0, -1);
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
    `epoch ${epoch.epoch}  loss ${epoch.loss.toFixed(4)} accuracy ${percent(epoch.accuracy)}` +
      `${validation}  ${epoch.seconds.toFixed(1)} s`,
  );
}

function sayScores({ split, samples, accuracy, top3 }: CardMetrics): void {
  say(`${split}  accuracy ${percent(accuracy)}  top-3 ${percent(top3)}  ${samples} samples`);
}

/** Says at each tenth of the run how far it is and how fast. */
function progressReporter(): (report: TrainingProgress) => void {
  let tenths = 0;
  return ({ phase, done, total, samplesPerSecond }) => {
    const now = total > 0 ? Math.floor((10 * done) / total) : 0;
    if (phase !== 'training' || now <= tenths) return;
    tenths = now;
    say(`${10 * tenths}%  ${samplesPerSecond.toFixed(0)} samples a second`);
  };
}
