import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Parameter } from '../backends/kernels/parameters';

/** The kernels' copies of a model's weights, in the weights' order. */
export function copiesOf(
  weights: LayersModel['weights'],
  parameters: readonly Parameter[],
): readonly Parameter[] {
  return weights.map((weight) => {
    const { val } = weight as unknown as { val: tf.Variable };
    return parameters.find(({ variable }) => variable === val) as Parameter;
  });
}

/** Gives a model the weights that the kernels have. */
export function giveBack(copies: readonly Parameter[], numbersOf: (copy: Parameter) => Float32Array): void {
  for (const copy of copies) {
    const tensor = tf.tensor(numbersOf(copy), copy.variable.shape);
    copy.variable.assign(tensor);
    tensor.dispose();
  }
}
