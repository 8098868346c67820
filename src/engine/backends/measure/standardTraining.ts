import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '../../../base/random';
import type { Network } from '../../../networks/network';
import { PRESETS } from '../../../networks/presets';
import { buildModel } from '../../training/buildModel';

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

/** Steps that are not measured: the first ones compile shaders and allocate. */
const WARM_UP = 2;

/** The losses of the first steps on the backend that is started. */
export async function lossesOf(training: StandardTraining, steps: number): Promise<number[]> {
  const losses: number[] = [];
  for await (const loss of train(training)) if (losses.push(loss) >= steps) break;
  return losses;
}

/**
 * How many samples the backend that is started learns from in a second.
 *
 * @param seconds to measure for, after the first steps
 */
export async function samplesPerSecond(training = MEASURED, seconds = 1): Promise<number> {
  const losses = train(training);
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

/** Learns from one batch over and over, giving the loss of each step. */
async function* train(training: StandardTraining): AsyncGenerator<number, void> {
  const model = buildModel(training.network, training.classes, training.seed);
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy' });
  const [x, y] = batchOf(training);
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

function batchOf({ network, batchSize, classes, seed }: StandardTraining): [tf.Tensor, tf.Tensor] {
  const random = new Random(seed);
  const shape = [batchSize, ...network.input];
  const pixels = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.next());
  const labels = Int32Array.from({ length: batchSize }, () => random.integer(classes));
  return [tf.tensor(pixels, shape), tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), classes), 'float32')];
}
