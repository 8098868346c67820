import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * Adds to the bias of each class in the last layer.
 *
 * @param shift one number a class, in logits
 * @throws Error where the last layer has no kernel and bias
 */
export function shiftOutputBias(layers: LayersModel, shift: Float32Array): void {
  const output = layers.layers.at(-1);
  const [kernel, bias] = output?.getWeights() ?? [];
  if (!output || !kernel || !bias) throw new Error('the last layer has no bias');
  tf.tidy(() => {
    output.setWeights([kernel, tf.add(bias, tf.tensor1d(shift))]);
  });
}
