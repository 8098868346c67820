import { createHash } from 'node:crypto';
import { Random } from '../../datasets/random';
import { holdOut } from '../../datasets/split';
import type { Dataset, Samples } from '../../datasets/samples';
import { DatasetError } from '../../datasets/errors';
import { sizeOf } from '../../datasets/pictures';
import type { Card, CardEpoch } from '../../models/card';
import { NetworkError, type Network } from '../../networks/network';
import { verify } from '../../networks/verify';
import { evaluate } from '../evaluation/evaluate';
import { NetworkModel } from '../models/layersModel';
import type { LoadedModel } from '../models/loadedModel';
import { buildModel } from './buildModel';
import type { RunCheckpoint } from './checkpoint';
import { makeOptimizer, type OptimizerName } from './optimizer';
import { learningRateFactor, type Schedule } from './schedule';
import { Trainer } from './trainer';
import { TrainingSet } from './trainingSet';

/** All that a run depends on, but its data and network. */
export interface RunSettings {
  readonly name: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly schedule: Schedule;
  /** Share of the train split that is held out to choose by, 0 to 1. */
  readonly validationSplit: number;
  readonly augment: boolean;
  /** Epochs without a better validation loss after which the run ends; 0 never ends it. */
  readonly patience: number;
  readonly seed: number;
  /** Most samples to learn from; 0 is all. */
  readonly limit: number;
}

/** Where a run tells what it does, and where it is stopped. */
export interface RunEvents {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
  readonly onEpoch?: (epoch: CardEpoch) => void;
  /** Called after each epoch with all that is needed to go on from there. */
  readonly onCheckpoint?: (checkpoint: RunCheckpoint) => Promise<void>;
}

/**
 * Trains a network on the train split of a dataset, or on all of it where it has no splits.
 *
 * @param checkpoint of the same run, to go on from
 * @returns the model with its card; the validation scores are in the card's history
 * @throws NetworkError that names the layer which cannot take its input
 * @throws DatasetError where the pictures are not of the network's input size
 */
export async function run(
  dataset: Dataset,
  network: Network,
  settings: RunSettings,
  events: RunEvents = {},
  checkpoint?: RunCheckpoint,
): Promise<NetworkModel> {
  const split = dataset.officialSplits.includes('train') ? 'train' : 'all';
  const samples = await dataset.load(split);
  checkLayers(network);
  checkSize(samples, network);
  const parts = holdOut(samples, settings.validationSplit, settings.seed);
  const random = new Random(settings.seed);
  const chosen = limited(parts.train, settings.limit, new Random(settings.seed + 1));
  const layers = buildModel(network, dataset.classes.length, settings.seed);
  const trainer = new Trainer(layers, makeOptimizer(settings.optimizer, settings.learningRate), random, {
    labelSmoothing: 0,
    averageDecay: 0,
  });
  const held = chosenOf(samples, parts.validation);
  const set = new TrainingSet(samples, dataset.classes.length, settings.augment);
  const card = makeCard(dataset, network, settings, layers.countParams(), chosen.length, samples);
  const model = new NetworkModel(card, layers);
  const history = [...(checkpoint?.history ?? [])];
  if (checkpoint) await trainer.restore(checkpoint.trainer);
  try {
    for (let epoch = history.length; epoch < settings.epochs && !exhausted(history, settings); epoch++) {
      const learnt = await trainEpoch(trainer, set, chosen, settings, epoch, random, events);
      const validation = await validate(model, dataset, held);
      const line = { ...learnt, ...validation };
      history.push(line);
      events.onEpoch?.(line);
      await events.onCheckpoint?.({ trainer: await trainer.save(), history });
    }
  } finally {
    trainer.dispose();
  }
  return new NetworkModel({ ...card, training: { ...card.training, history } }, layers);
}

function checkLayers(network: Network): void {
  const { problem } = verify(network);
  if (!problem) return;
  const type = network.layers[problem.layer]?.type ?? '';
  throw new NetworkError(
    `Layer ${String(problem.layer + 1)} of ${network.name} (${type}) cannot work. ${problem.reason}`,
  );
}

function checkSize(samples: Samples, { name, input }: Network): void {
  const { height, width } = sizeOf(samples);
  if (input[0] === height && input[1] === width && input[2] === 1) return;
  throw new DatasetError(
    `The samples are ${String(height)}x${String(width)} but the network ${name} takes ${input.join('x')}: choose another.`,
  );
}

function limited(indices: Uint32Array, limit: number, random: Random): Uint32Array {
  if (limit <= 0 || limit >= indices.length) return indices;
  return random
    .permutation(indices.length)
    .subarray(0, limit)
    .map((index) => indices[index] ?? 0);
}

/** Whether the validation loss has not become better for as many epochs as the run has patience. */
function exhausted(history: readonly CardEpoch[], { patience }: RunSettings): boolean {
  if (patience <= 0) return false;
  const losses = history.map(({ validationLoss = 0 }) => validationLoss);
  return losses.length - 1 - losses.indexOf(Math.min(...losses)) >= patience;
}

async function trainEpoch(
  trainer: Trainer,
  set: TrainingSet,
  chosen: Uint32Array,
  settings: RunSettings,
  epoch: number,
  random: Random,
  { signal, onProgress }: RunEvents,
): Promise<CardEpoch> {
  const started = performance.now();
  const order = random.permutation(chosen.length).map((index) => chosen[index] ?? 0);
  let loss = 0;
  let correct = 0;
  let learningRate = settings.learningRate;
  for (let from = 0; from < order.length; from += settings.batchSize) {
    signal?.throwIfAborted();
    const progress = (epoch + from / order.length) / settings.epochs;
    learningRate = settings.learningRate * learningRateFactor(settings.schedule, progress);
    const batch = set.batch(order.subarray(from, from + settings.batchSize), random);
    const result = await trainer.step(batch, learningRate);
    loss += result.loss * batch.size;
    correct += result.correct;
    onProgress?.(epoch * order.length + from + batch.size, settings.epochs * order.length);
  }
  return {
    epoch: epoch + 1,
    loss: loss / order.length,
    accuracy: correct / order.length,
    learningRate,
    seconds: (performance.now() - started) / 1000,
  };
}

async function validate(model: LoadedModel, dataset: Dataset, held: Samples) {
  if (held.labels.length === 0) return {};
  const { accuracy, loss } = await evaluate(model, dataset, held, 'all');
  return { validationLoss: loss, validationAccuracy: accuracy };
}

function chosenOf(samples: Samples, indices: Uint32Array): Samples {
  const labels = Uint16Array.from(indices, (index) => samples.labels[index] ?? 0);
  const pick = <T>(values: readonly T[]) => Array.from(indices, (index) => values[index] as T);
  if (samples.kind === 'ink') {
    const { inks, penWidths, writers } = samples;
    return { kind: 'ink', labels, inks: pick(inks), penWidths: pick(penWidths), writers: pick(writers) };
  }
  const size = samples.height * samples.width;
  const pixels = new Uint8Array(indices.length * size);
  indices.forEach((index, i) => {
    pixels.set(samples.pixels.subarray(index * size, (index + 1) * size), i * size);
  });
  return { ...samples, labels, pixels };
}

function makeCard(
  dataset: Dataset,
  network: Network,
  settings: RunSettings,
  parameters: number,
  learntFrom: number,
  samples: Samples,
): Card {
  return {
    name: settings.name,
    description: `${network.name} trained on ${dataset.id}.`,
    classes: [...dataset.classes],
    preprocessing: { kind: 'emnist', height: network.input[0], width: network.input[1] },
    network,
    parameters,
    data: [
      {
        name: dataset.id,
        licence: 'as the dataset says',
        source: dataset.id,
        samples: learntFrom,
        checksum: checksumOf(samples),
      },
    ],
    training: { settings: { ...settings }, history: [] },
    metrics: [],
    backend: 'wasm',
  };
}

/** SHA-256 of the samples as they were learnt from. */
function checksumOf(samples: Samples): string {
  const hash = createHash('sha256').update(samples.labels);
  hash.update(samples.kind === 'images' ? samples.pixels : JSON.stringify(samples.inks));
  return hash.digest('hex');
}
