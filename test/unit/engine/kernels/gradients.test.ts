import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import assert from 'node:assert/strict';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import { buildModel } from '../../../../src/engine/training/buildModel';
import { sampleLosses } from '../../../../src/engine/training/loss';
import type { Layer } from '../../../../src/networks/network';
import { LOSSES } from '../../../../src/runs/runSettings';
import { randomNumbers } from '../tensors';
import { exactLoss } from './exactLoss';
import { HARD_NETWORKS, INPUT } from './hardNetworks';
import { kernelGradients, type LossOptions } from './kernelGradients';

/** Relative to the largest number of all gradients of a network. */
const TOLERANCE = 2e-5;
const BATCH = 7;
const CLASSES = 5;
const ENTROPY: LossOptions = { loss: 'cross-entropy', labelSmoothing: 0 };

const [height, width, channels] = INPUT;
const x = randomNumbers(BATCH * height * width * channels, 1);
const y = new Float32Array(BATCH * CLASSES);
for (let sample = 0; sample < BATCH; sample++) y[sample * CLASSES + (sample % CLASSES)] = 1;
const weights = Float32Array.from({ length: BATCH }, (_, sample) => 0.5 + 0.1 * sample);
const samples = { x, y, weights, size: BATCH };

const variableOf = (weight: LayersModel['weights'][number]) =>
  (weight as unknown as { val: tf.Variable }).val;

/** A model whose weights, biases and statistics are random, as after some steps. */
function modelOf(layers: Layer[]): LayersModel {
  const model = buildModel({ name: 'hard', input: [...INPUT], layers }, CLASSES, 3);
  const values = model.weights.map(({ name, shape }, index) => {
    const size = shape.reduce<number>((product, side) => product * (side ?? 1), 1);
    const middle = /gamma|variance/.test(name) ? 1 : 0;
    const numbers = randomNumbers(size, 2 + index).map((value) => middle + 0.3 * value);
    return tf.tensor(numbers, shape as number[]);
  });
  model.setWeights(values);
  tf.dispose(values);
  return model;
}

const size = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe("the kernels' gradients", () => {
  before(() => startWasm());
  beforeEach(() => tf.setBackend('cpu'));
  afterEach(() => tf.setBackend('wasm'));

  /** Compares with what TensorFlow.js makes in plain JavaScript. */
  async function compare(layers: Layer[], options: LossOptions, threads: number): Promise<void> {
    const model = modelOf(layers);
    const ours = await kernelGradients(model, samples, options, threads);
    const variables = model.trainableWeights.map(variableOf);
    const { value, grads } = tf.variableGrads(() => {
      const input = tf.tensor(x, [BATCH, ...INPUT]);
      const probabilities = model.apply(input, { training: true }) as tf.Tensor2D;
      const truth = tf.tensor2d(y, [BATCH, CLASSES]);
      const losses = sampleLosses(options.loss, truth, probabilities, options.labelSmoothing);
      return tf.mean(tf.mul(losses, tf.tensor1d(weights)));
    }, variables);
    const [loss = NaN] = await value.data();
    assert.ok(Math.abs(ours.loss - loss) < 1e-5, `a loss of ${String(ours.loss)}, not ${String(loss)}`);
    const theirs = await Promise.all(variables.map(({ name }) => (grads[name] as tf.Tensor).data()));
    // a gradient that is nearly zero is rounding
    const largest = Math.max(...theirs.map(size));
    theirs.forEach((expected, index) => {
      const { name } = variables[index] as tf.Variable;
      const actual = ours.gradients.get(variables[index] as tf.Variable) ?? new Float32Array();
      assert.equal(actual.length, expected.length, name);
      const apart = size(actual.map((each, i) => each - (expected[i] ?? NaN))) / largest;
      assert.ok(apart < TOLERANCE, `${name} is ${String(apart)} apart`);
    });
    // what normalization has learned beside
    for (const variable of model.weights.map(variableOf).filter((each) => !variables.includes(each))) {
      const expected = await variable.data();
      const actual = ours.values.get(variable);
      assert.ok(size(expected.map((each, i) => each - (actual?.[i] ?? NaN))) < 1e-5, variable.name);
    }
    model.dispose();
  }

  for (const [name, layers] of Object.entries(HARD_NETWORKS)) {
    it(`of ${name} are those of the cpu backend, on one thread and on three`, async () => {
      await compare(layers, ENTROPY, 1);
      await compare(layers, ENTROPY, 3);
    });
  }

  for (const loss of LOSSES) {
    it(`of ${loss} are those of the cpu backend, smoothed and not`, async () => {
      const layers = HARD_NETWORKS['a convolution'] ?? [];
      await compare(layers, { loss, labelSmoothing: 0 }, 2);
      await compare(layers, { loss, labelSmoothing: 0.1 }, 2);
    });
  }

  const padded: Layer = { type: 'averagePooling2d', poolSize: 3, strides: 1, padding: 'same' };
  // TensorFlow.js divides the gradient of a window at the border by all of the window
  const networks = { ...HARD_NETWORKS, 'padded means': [...(HARD_NETWORKS['a convolution'] ?? []), padded] };
  for (const [name, layers] of Object.entries(networks)) {
    it(`of ${name} are those of differences in double precision`, async () => {
      const model = modelOf(layers);
      const { gradients } = await kernelGradients(model, samples, ENTROPY, 2);
      const values = await Promise.all(
        model.weights.map(async (weight) => Float64Array.from(await variableOf(weight).data())),
      );
      const lossOf = () => exactLoss({ input: INPUT, layers, classes: CLASSES, values, samples });
      const largest = Math.max(...[...gradients.values()].map(size));
      const order = model.weights.map(variableOf);
      for (const [index, list] of values.entries()) {
        const actual = gradients.get(order[index] as tf.Variable);
        if (!actual) continue;
        for (const place of [0, list.length >> 1, list.length - 1]) {
          const slope = slopeAt(list, place, lossOf);
          const apart = Math.abs(slope - (actual[place] ?? NaN)) / largest;
          assert.ok(apart < 1e-4, `${order[index]?.name ?? ''}[${String(place)}] is ${String(apart)} apart`);
        }
      }
      model.dispose();
    });
  }
});

/** The slope of a loss by one number. */
function slopeAt(list: Float64Array, place: number, lossOf: () => number): number {
  const value = list[place] ?? 0;
  const step = 1e-6;
  list[place] = value + step;
  const above = lossOf();
  list[place] = value - step;
  const below = lossOf();
  list[place] = value;
  return (above - below) / (2 * step);
}
