import path from 'node:path';
import type { Dataset } from '../../datasets/samples';
import type { Card, CardEpoch } from '../../models/card';
import type { RunFile } from '../../models/run';
import { NetworkError, type Network } from '../../networks/network';
import { verify } from '../../networks/verify';
import { NetworkModel } from '../models/layersModel';
import { Random } from '../../datasets/random';
import type { BatchThreadsOptions } from './batches/batchThreads';
import { buildModel } from './buildModel';
import type { RunCheckpoint } from './checkpoint';
import { continueFrom } from './fineTune';
import { Learning, type Guard, type LearningEvents, type Outcome } from './learning';
import { makeOptimizer } from './optimizer';
import { Trainer } from './trainer';
import { loadTrainingData, type TrainingData } from './trainingData';

/** What is to be learnt. */
export interface RunJob {
  readonly dataset: Dataset;
  readonly run: Pick<RunFile, 'name' | 'network' | 'settings' | 'from'>;
  /** The model that `run.from` names; it is used up. */
  readonly base?: NetworkModel | undefined;
  /** What computes, for the card. */
  readonly backend: string;
  /** Does a piece of work on the backend, and ends it when the backend is lost. */
  readonly guard?: Guard | undefined;
  readonly threads?: BatchThreadsOptions | undefined;
}

/** What came of a run. */
export interface RunResult {
  readonly outcome: Outcome;
  /** Of the best weights so far; none of a paused run. */
  readonly model?: NetworkModel | undefined;
  readonly history: readonly CardEpoch[];
  /** The epoch whose weights the model has, where one is done. */
  readonly best?: CardEpoch | undefined;
  /** Share of the time of training in which the backend waited for batches. */
  readonly waitingShare: number;
}

/**
 * Trains a network on the train split of a dataset, or on all of it where it has no splits.
 *
 * @param checkpoint of the same run, to go on from
 * @throws NetworkError that names the layer which cannot take its input, or what the network must take
 * @throws DatasetError where the dataset cannot be read, or is not that of the checkpoint; ModelError where the loss is
 *   no number any more; the signal's reason when it is aborted
 */
export async function run(
  job: RunJob,
  events: LearningEvents = {},
  checkpoint?: RunCheckpoint,
): Promise<RunResult> {
  const { dataset, base, run: file } = job;
  const { settings, network } = file;
  if (!base) checkNetwork(network);
  const side = sideOf(job);
  const data = await loadTrainingData(dataset, settings);
  events.signal?.throwIfAborted();
  const layers = base
    ? await continueFrom(base, dataset.classes, file.from?.frozen ?? [], settings.seed)
    : buildModel(network, dataset.classes.length, settings.seed);
  const trainer = new Trainer(
    layers,
    makeOptimizer(settings.optimizer, settings.learningRate),
    new Random(settings.seed),
    { ...settings, decoupledDecay: settings.optimizer === 'adamw', averageDecay: 0 },
  );
  const source = { samples: data.samples, side, augmentation: settings.augmentation, seed: settings.seed };
  const learning = new Learning(trainer, data, dataset.classes, settings, source, {
    ...events,
    guard: job.guard,
    threads: job.threads,
  });
  try {
    if (checkpoint) await learning.restore(checkpoint);
    const outcome = await learning.learn();
    const { history, waitingShare } = learning;
    if (outcome === 'paused') {
      layers.dispose();
      return { outcome, history, waitingShare };
    }
    const best = await learning.takeBest();
    const card = cardOf(job, side, data, layers.countParams(), history, best);
    return { outcome, model: new NetworkModel(card, layers), history, best, waitingShare };
  } catch (error) {
    layers.dispose();
    throw error;
  } finally {
    await learning.dispose();
    trainer.dispose();
  }
}

/** A dataset as cards name it: of one that was opened by its path, where it lies here says nothing elsewhere. */
export function nameOf({ id }: Dataset): string {
  return path.basename(id);
}

function checkNetwork(network: Network): void {
  const { problem } = verify(network);
  if (!problem) return;
  const type = network.layers[problem.layer]?.type ?? '';
  throw new NetworkError(
    `Layer ${problem.layer + 1} of ${network.name} (${type}) cannot work. ${problem.reason}`,
  );
}

/** @throws NetworkError where the network takes anything but square grey pictures */
function sideOf({ run: { network }, base }: RunJob): number {
  const input = base ? (base.layers.inputs[0]?.shape.slice(1) as number[]) : network.input;
  const [height = 0, width, channels] = input;
  if (height === width && channels === 1) return height;
  throw new NetworkError(
    `${network.name} takes ${input.join('x')}, but samples are square and grey: make its input 28x28x1, say.`,
  );
}

function cardOf(
  { dataset, run: { name, network, settings, from }, base, backend }: RunJob,
  side: number,
  data: TrainingData,
  parameters: number,
  history: readonly CardEpoch[],
  best: CardEpoch | undefined,
): Card {
  const { augmentation, ...rest } = settings;
  const varied = Object.entries(augmentation).map(([part, value]) => [`augmentation.${part}`, value]);
  const architecture = base ? base.card.network : network;
  const start = from ? `, from ${base?.card.name ?? from.model}` : '';
  const choice = best
    ? ` Its weights are those of epoch ${best.epoch} of ${history.length}, ${
        best.validationLoss === undefined ? 'the last' : 'the best by validation loss'
      }.`
    : '';
  return {
    name,
    description: `${network.name} trained on ${nameOf(dataset)}${start}.${choice}`,
    classes: [...dataset.classes],
    preprocessing: { kind: 'emnist', height: side, width: side },
    ...(architecture ? { network: architecture } : {}),
    parameters,
    data: [
      ...(base?.card.data ?? []),
      {
        name: nameOf(dataset),
        licence: 'as the dataset says',
        source: nameOf(dataset),
        samples: data.chosen.length,
        checksum: data.checksum,
      },
    ],
    training: {
      settings: { ...rest, ...(Object.fromEntries(varied) as Record<string, number>) },
      history: [...history],
      ...(best ? { epoch: best.epoch } : {}),
    },
    metrics: [],
    backend,
  };
}
