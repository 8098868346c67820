import * as tf from '@tensorflow/tfjs-core';
import assert from 'node:assert/strict';
import { buildModel } from '../../../src/engine/training/buildModel';
import { sampleLosses } from '../../../src/engine/training/loss';
import { layerSchema, type Layer } from '../../../src/networks/network';
import { differenceToCpu, randomNumbers } from './tensors';

/** Whole networks; batch normalization divides by small variances. */
const TOLERANCE = 2e-4;
const BATCH = 4;
const CLASSES = 5;

/** Each layer type in a network that gives it the inputs which are hard for it. */
const NETWORKS: Record<Layer['type'], Layer[]> = {
  conv2d: [{ type: 'conv2d', filters: 6, kernelSize: 5, strides: 2, padding: 'same', activation: 'elu' }],
  depthwiseConv2d: [{ type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2, activation: 'relu' }],
  separableConv2d: [{ type: 'separableConv2d', filters: 5, kernelSize: 3, padding: 'same' }],
  maxPooling2d: [
    { type: 'conv2d', filters: 6, kernelSize: 3, activation: 'tanh' },
    { type: 'maxPooling2d', poolSize: 3, strides: 2, padding: 'same' },
  ],
  averagePooling2d: [{ type: 'averagePooling2d', poolSize: 2 }],
  globalMaxPooling2d: [
    { type: 'conv2d', filters: 6, kernelSize: 3, activation: 'sigmoid' },
    { type: 'globalMaxPooling2d' },
  ],
  globalAveragePooling2d: [{ type: 'conv2d', filters: 6, kernelSize: 3 }, { type: 'globalAveragePooling2d' }],
  zeroPadding2d: [
    { type: 'zeroPadding2d', padding: 2 },
    { type: 'conv2d', filters: 3, kernelSize: 1, strides: 2, padding: 'same' },
  ],
  batchNormalization: [
    { type: 'conv2d', filters: 6, kernelSize: 3 },
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
    { type: 'maxPooling2d' },
  ],
  layerNormalization: [
    { type: 'flatten' },
    { type: 'dense', units: 12 },
    { type: 'layerNormalization' },
    { type: 'activation', activation: 'selu' },
  ],
  activation: [
    { type: 'conv2d', filters: 4, kernelSize: 3 },
    { type: 'activation', activation: 'softplus' },
  ],
  leakyReLU: [{ type: 'conv2d', filters: 4, kernelSize: 3 }, { type: 'leakyReLU' }],
  prelu: [{ type: 'conv2d', filters: 4, kernelSize: 3 }, { type: 'prelu' }],
  dropout: [{ type: 'flatten' }, { type: 'dropout', rate: 0 }],
  flatten: [{ type: 'flatten' }],
  dense: [{ type: 'flatten' }, { type: 'dense', units: 7, activation: 'relu6' }],
};

describe('gradients of every layer type on wasm, against the cpu backend', () => {
  it('covers every layer that a network may have', () => {
    const types = layerSchema.options.map((option) => option.shape.type.value);
    assert.deepEqual(Object.keys(NETWORKS).sort(), [...types].sort());
  });

  for (const [type, layers] of Object.entries(NETWORKS)) {
    it(type, async () => {
      const network = { name: type, input: [8, 8, 3] as [number, number, number], layers };
      const x = randomNumbers(BATCH * 8 * 8 * 3, 1);
      const difference = await differenceToCpu(() => {
        const model = buildModel(network, CLASSES, 1);
        const weights = model
          .getWeights()
          .map((weight, index) => tf.tensor(randomNumbers(weight.size, 2 + index), weight.shape));
        model.setWeights(weights.map((weight) => tf.mul(weight, 0.3)));
        const variables = model.trainableWeights.map(
          (weight) => (weight as unknown as { val: tf.Variable }).val,
        );
        const truth = tf.oneHot(tf.tensor1d([0, 1, 2, 3], 'int32'), CLASSES);
        const { value, grads } = tf.variableGrads(() => {
          const y = model.apply(tf.tensor(x, [BATCH, 8, 8, 3]), { training: true }) as tf.Tensor2D;
          return tf.mean(sampleLosses('cross-entropy', tf.cast(truth, 'float32') as tf.Tensor2D, y));
        }, variables);
        const gradients = variables.map((variable) => grads[variable.name] as tf.Tensor);
        // together, or the rounding of a gradient that is nearly zero would count as much as its neighbor's
        const all = tf.concat(gradients.map((gradient) => tf.reshape(gradient, [-1])));
        return [value, all];
      });
      assert.ok(difference < TOLERANCE, `relative difference ${String(difference)}`);
    });
  }
});
