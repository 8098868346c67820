import type { Dataset } from '../../datasets/dataset';
import type { Card, CardEpoch } from '../../models/card';
import type { RunFile } from '../../runs/run';
import { NetworkError, type Network } from '../../networks/network';
import { verify } from '../../networks/verify';
import { NetworkModel } from '../models/layersModel';
import type { BatchThreadsOptions } from './batches/batchThreads';
import { buildModel } from './buildModel';
import { learnedFrom, nameOf, settingsOf } from './cardParts';
import type { RunCheckpoint } from './checkpoint';
import { chooseTrainer } from './chooseTrainer';
import { continueFrom } from './fineTune';
import { EpochLoop, type Guard, type TrainingEvents, type Outcome } from './epochLoop';
import { PictureCourse } from './pictureCourse';
import { loadTrainingData, type TrainingData } from './trainingData';

/** What is to be learned. */
export interface RunJob {
  readonly dataset: Dataset;
  readonly run: Pick<RunFile, 'name' | 'settings' | 'from'> & { readonly network: Network };
  /** The model that `run.from` names; it is used up. */
  readonly base?: NetworkModel | undefined;
  /** What TensorFlow.js computes on, for the card. */
  readonly backend: string;
  /** Whether Scrawl's own kernels train the network, where they have it. */
  readonly kernels?: boolean | undefined;
  /** Told what trains, and in a sentence why it is not what was asked for. */
  readonly onTrainer?: ((computes: string, note: string | undefined) => void) | undefined;
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
export async function trainNetwork(
  job: RunJob,
  events: TrainingEvents = {},
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
  const { trainer, computes, note } = await chooseTrainer(layers, settings, job);
  job.onTrainer?.(computes, note);
  const source = { samples: data.samples, side, augmentation: settings.augmentation, seed: settings.seed };
  const course = new PictureCourse(trainer, data, dataset.classes, settings, source, job.threads);
  const loop = new EpochLoop(course, settings, events, job.guard);
  try {
    if (checkpoint) await loop.restore(checkpoint);
    const outcome = await loop.learn();
    const { history, milliseconds } = loop;
    const waitingShare = milliseconds > 0 ? course.waited / milliseconds : 0;
    if (outcome === 'paused') {
      layers.dispose();
      return { outcome, history, waitingShare };
    }
    const best = await loop.takeBest();
    trainer.finish();
    const card = cardOf({ ...job, backend: computes }, side, data, layers.countParams(), history, best);
    return { outcome, model: new NetworkModel(card, layers), history, best, waitingShare };
  } catch (error) {
    layers.dispose();
    throw error;
  } finally {
    await course.dispose();
    await trainer.dispose();
  }
}

function checkNetwork(network: Network): void {
  const { problem } = verify(network);
  if (!problem) return;
  const type = network.layers[problem.layer]?.type ?? '';
  throw new NetworkError(
    `Layer ${problem.layer + 1} of ${network.name} (${type}) cannot work. ${problem.reason}`,
  );
}

/** @throws NetworkError where the network takes anything but square gray pictures */
function sideOf({ run: { network }, base }: RunJob): number {
  const input = base ? (base.layers.inputs[0]?.shape.slice(1) as number[]) : network.input;
  const [height = 0, width, channels] = input;
  if (height === width && channels === 1) return height;
  throw new NetworkError(
    `${network.name} takes ${input.join('x')}, but samples are square and gray: make its input 28x28x1, say.`,
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
    data: [...(base?.card.data ?? []), learnedFrom(dataset, data)],
    training: {
      settings: settingsOf(settings),
      history: [...history],
      ...(best ? { epoch: best.epoch } : {}),
    },
    metrics: [],
    backend,
  };
}
