import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '../../../base/random';
import type { Network } from '../../../networks/network';
import { PRESETS } from '../../../networks/presets';
import { runSettingsSchema } from '../../../runs/runSettings';
import { buildModel } from '../../training/buildModel';
import { checkKernels } from '../../training/kernelCheck';
import { KernelTrainer } from '../../training/kernelTrainer';
import { usualThreads } from '../wasm/wasmBackend';

/** A training whose data is made up and whose every number follows from its seed: the same on every backend. */
export interface StandardTraining {
  readonly network: Network;
  readonly batchSize: number;
  readonly classes: number;
  readonly seed: number;
}

const MEASURED: StandardTraining = {
  network: PRESETS['emnist-cnn'] as Network,
  batchSize: 128,
  classes: 62,
  seed: 1,
};

const LEARNING_RATE = 0.001;

/** Learns from one batch over and over, giving the loss of each step. */
type TakeSteps = (training: StandardTraining) => AsyncGenerator<number, void>;

/** Steps that are not measured: the first ones compile shaders and allocate. */
const WARM_UP = 2;

/** The losses of the first steps on the backend that is started. */
export async function lossesOf(training: StandardTraining, steps: number): Promise<number[]> {
  const losses: number[] = [];
  for await (const loss of takeStepsByTensorFlow(training)) if (losses.push(loss) >= steps) break;
  return losses;
}

/**
 * How many samples are learned from in a second.
 *
 * @param options.seconds to measure for, after the first steps
 * @param options.takeSteps what learns: by default TensorFlow.js on the backend that is started
 */
export async function samplesPerSecond({
  training = MEASURED,
  seconds = 1,
  takeSteps = takeStepsByTensorFlow,
}: {
  training?: StandardTraining;
  seconds?: number | undefined;
  takeSteps?: TakeSteps | undefined;
} = {}): Promise<number> {
  const losses = takeSteps(training);
  for (let step = 0; step < WARM_UP; step++) await losses.next();
  const started = performance.now();
  let steps = 0;
  let elapsed = 0;
  for (; elapsed < seconds; steps++) {
    await losses.next();
    elapsed = (performance.now() - started) / 1000;
  }
  await losses.return(undefined);
  return (training.batchSize * steps) / elapsed;
}

/**
 * As TensorFlow.js does, by Scrawl's kernels.
 *
 * @throws NotInKernels where they do not give the same as TensorFlow.js here
 */
export async function* takeStepsByKernels(training: StandardTraining): AsyncGenerator<number, void> {
  const { network, batchSize, classes, seed } = training;
  const threads = usualThreads();
  await checkKernels(threads);
  const model = buildModel(network, classes, seed);
  const settings = runSettingsSchema.parse({ batchSize, optimizer: 'adam' });
  const trainer = await KernelTrainer.start(model, settings, new Random(seed), threads);
  const { pixels, labels } = samplesOf(training);
  const y = new Float32Array(batchSize * classes);
  labels.forEach((label, sample) => (y[sample * classes + label] = 1));
  try {
    for (;;) yield (await trainer.step({ x: pixels, y, size: batchSize }, LEARNING_RATE)).loss;
  } finally {
    await trainer.dispose();
    model.dispose();
  }
}

async function* takeStepsByTensorFlow(training: StandardTraining): AsyncGenerator<number, void> {
  const { network, batchSize, classes, seed } = training;
  const model = buildModel(network, classes, seed);
  model.compile({ optimizer: tf.train.adam(LEARNING_RATE), loss: 'categoricalCrossentropy' });
  const { pixels, labels } = samplesOf(training);
  const x = tf.tensor(pixels, [batchSize, ...network.input]);
  const y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), classes), 'float32'));
  try {
    for (;;) yield await step(model, x, y);
  } finally {
    tf.dispose([x, y]);
    model.dispose();
  }
}

async function step(model: LayersModel, x: tf.Tensor, y: tf.Tensor): Promise<number> {
  const loss = await model.trainOnBatch(x, y);
  return typeof loss === 'number' ? loss : (loss[0] ?? NaN);
}

function samplesOf({ network, batchSize, classes, seed }: StandardTraining): {
  readonly pixels: Float32Array;
  readonly labels: Int32Array;
} {
  const random = new Random(seed);
  const length = network.input.reduce((product, size) => product * size, batchSize);
  return {
    pixels: Float32Array.from({ length }, () => random.next()),
    labels: Int32Array.from({ length: batchSize }, () => random.integer(classes)),
  };
}
