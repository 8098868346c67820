import * as tf from '@tensorflow/tfjs-core';
import assert from 'node:assert/strict';
import { readChain } from '../../../../src/engine/backends/kernels/chain';
import { Machine } from '../../../../src/engine/backends/kernels/machine';
import { makePlan } from '../../../../src/engine/backends/kernels/plan';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import { buildModel } from '../../../../src/engine/training/buildModel';
import { sampleLosses } from '../../../../src/engine/training/loss';
import type { Layer, Network } from '../../../../src/networks/network';
import { LOSSES } from '../../../../src/runs/runSettings';
import { randomNumbers } from '../tensors';

/** Relative to the largest number of a gradient. */
const TOLERANCE = 2e-5;
const BATCH = 7;
const CLASSES = 5;

const conv = (filters: number, more: object = {}): Layer =>
  ({ type: 'conv2d', filters, kernelSize: 3, activation: 'relu', ...more }) as Layer;
const pool: Layer = { type: 'maxPooling2d' };
const flatten: Layer = { type: 'flatten' };

/** Networks whose shapes are hard for the kernels: odd channels, odd sizes, strides, padding, layers in odd places. */
const NETWORKS: Record<string, Layer[]> = {
  'a convolution alone': [conv(8)],
  'odd channels': [conv(6), conv(5, { kernelSize: [2, 3] })],
  'strides and padding': [
    conv(8, { kernelSize: 5, strides: 2, padding: 'same' }),
    conv(12, { strides: [1, 2], padding: 'same' }),
  ],
  'convolutions without bias or rectifier': [
    conv(4, { useBias: false, activation: 'linear' }),
    conv(8, { activation: 'linear' }),
  ],
  'maxima behind a rectifier': [conv(8), pool, conv(8, { padding: 'same' }), pool],
  'maxima behind anything': [conv(8, { activation: 'tanh' }), { type: 'maxPooling2d', poolSize: 3, strides: 2, padding: 'same' }],
  'means': [
    conv(8, { activation: 'tanh' }),
    { type: 'averagePooling2d' },
    conv(8),
    { type: 'averagePooling2d', poolSize: 3, strides: 1, padding: 'same' },
  ],
  'global maxima': [conv(8), { type: 'globalMaxPooling2d' }],
  'global means': [conv(8), { type: 'globalAveragePooling2d' }, { type: 'dense', units: 9, activation: 'relu' }],
  'dense layers': [
    flatten,
    { type: 'dense', units: 50, activation: 'relu' },
    { type: 'dense', units: 8, activation: 'sigmoid' },
    { type: 'dense', units: 7, activation: 'tanh', useBias: false },
  ],
  'normalization of pictures': [
    conv(8, { activation: 'linear' }),
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
    pool,
    conv(6, { activation: 'linear', padding: 'same' }),
    { type: 'batchNormalization', epsilon: 0.01 },
  ],
  'normalization of lists': [
    flatten,
    { type: 'dense', units: 10 },
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
    { type: 'dense', units: 6, activation: 'relu' },
  ],
  'wide layers': [conv(40), conv(24, { kernelSize: 1 }), flatten, { type: 'dense', units: 600, activation: 'relu' }],
  ...Object.fromEntries(
    (['relu', 'relu6', 'elu', 'selu', 'sigmoid', 'tanh', 'softplus'] as const).map((activation) => [
      activation,
      [conv(8, { activation }), { type: 'dropout', rate: 0 }, conv(4, { activation: 'linear' }), { type: 'activation', activation }] as Layer[],
    ]),
  ),
  leakyReLU: [conv(8, { activation: 'linear' }), { type: 'leakyReLU', alpha: 0.2 }],
};

interface Gradients {
  readonly loss: number;
  readonly gradients: Float32Array[];
}

const x = randomNumbers(BATCH * 10 * 11, 1);
const labels = Array.from({ length: BATCH }, (_, i) => i % CLASSES);

function networkOf(name: string, layers: Layer[]): Network {
  return { name, input: [10, name.startsWith('normalization of lists') || layers[0] === flatten ? 12 : 11, 1], layers };
}

describe("gradients of Scrawl's kernels, against the cpu backend", () => {
  before(() => startWasm());

  for (const [name, layers] of Object.entries(NETWORKS)) {
    for (const threads of [1, 3]) {
      it(`${name} (${String(threads)} threads)`, async () => {
        await compare(networkOf(name, layers), threads, 'cross-entropy', 0);
      });
    }
  }

  for (const loss of LOSSES) {
    for (const smoothing of [0, 0.1]) {
      it(`${loss}, smoothed by ${String(smoothing)}`, async () => {
        await compare(networkOf('loss', [conv(8)]), 2, loss, smoothing);
      });
    }
  }
});

async function compare(network: Network, threads: number, loss: (typeof LOSSES)[number], smoothing: number) {
  await tf.setBackend('cpu');
  try {
    const [height, width] = network.input;
    const pictures = randomNumbers(BATCH * height * width, 1);
    const model = buildModel(network, CLASSES, 3);
    const values = model.getWeights().map((weight, i) => randomNumbers(weight.size, 2 + i).map((v) => 0.3 * v + (/gamma|variance/.test(model.weights[i]?.name ?? '') ? 1 : 0)));
    model.setWeights(values.map((each, i) => tf.tensor(each, model.getWeights()[i]?.shape ?? [])));
    const truth = tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), CLASSES), 'float32') as tf.Tensor2D;
    const counts = Float32Array.from({ length: BATCH }, (_, i) => 0.5 + 0.1 * i);
    const variables = model.trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val);
    const plan = makePlan(readChain(model), { batch: BATCH + 2, threads, optimizer: 'momentum', loss, labelSmoothing: smoothing, weightDecay: 0 });
    const machine = await Machine.start(plan);
    try {
      for (const parameter of plan.parameters) machine.bring(parameter.values, parameter, await parameter.variable.data());
      const got = machine.step(
        { x: pictures, y: await truth.data(), size: BATCH, weights: counts },
        { optimizer: 'momentum', rate: 0, firstCorrection: 1, secondCorrection: 1, keep: 1, seed: 1 },
      );
      const { value, grads } = tf.variableGrads(() => {
        const p = model.apply(tf.tensor(pictures, [BATCH, height, width, 1]), { training: true }) as tf.Tensor2D;
        return tf.mean(tf.mul(sampleLosses(loss, truth, p, smoothing), tf.tensor1d(counts)));
      }, variables);
      const expectedLoss = (await value.data())[0] ?? NaN;
      assert.ok(Math.abs(expectedLoss - got.loss / BATCH) < 1e-5, `loss ${got.loss / BATCH}, not ${expectedLoss}`);
      for (const variable of variables) {
        const parameter = plan.parameters.find((each) => each.variable === variable);
        assert.ok(parameter);
        const gradient = machine.fetch(parameter.first, parameter);
        const expected = await (grads[variable.name] as tf.Tensor).data();
        const largest = expected.reduce((most, each) => Math.max(most, Math.abs(each)), 1e-4);
        const apart = expected.reduce((most, each, i) => Math.max(most, Math.abs(each - (gradient[i] ?? NaN)) / largest), 0);
        assert.ok(apart < TOLERANCE, `${variable.name}: ${apart} ${[...gradient.slice(0, 6)]} for ${[...expected.slice(0, 6)]}`);
      }
      // statistics
      for (const parameter of plan.parameters.filter((each) => !variables.includes(each.variable))) {
        const moving = machine.fetch(parameter.values, parameter);
        const expected = await parameter.variable.data();
        expected.forEach((each, i) => assert.ok(Math.abs(each - (moving[i] ?? NaN)) < 1e-5));
      }
    } finally {
      await machine.dispose();
      model.dispose();
    }
  } finally {
    await tf.setBackend('wasm');
  }
}
void x;
export type { Gradients };
