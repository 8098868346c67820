import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '../../../src/base/random';

/** Gives every weight a value of its own, for fresh normalizations and biases would hide mistakes. */
export function shake(model: LayersModel, seed: number): void {
  const random = new Random(seed);
  const values = model.weights.map(({ shape, originalName }) => {
    const size = shape.reduce<number>((product, side) => product * (side ?? 1), 1);
    const isVariance = originalName.endsWith('variance');
    const one = () => (isVariance ? 0.5 + random.next() : random.next() - 0.5);
    return tf.tensor(Float32Array.from({ length: size }, one), shape as number[]);
  });
  model.setWeights(values);
  tf.dispose(values);
}
