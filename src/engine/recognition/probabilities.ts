import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * The probability of every class for every picture.
 *
 * @param pictures [count, height, width, 1] grey values 0 to 255
 * @returns [count, classes], rows that sum to 1
 */
export async function probabilitiesOf(
  layers: LayersModel,
  pictures: Uint8Array,
  count: number,
): Promise<Float32Array> {
  const shape = [count, ...(layers.inputs[0]?.shape.slice(1) as number[])];
  const output = tf.tidy(() => {
    const x = tf.tensor(
      Float32Array.from(pictures, (grey) => grey / 255),
      shape,
    );
    return layers.apply(x) as tf.Tensor;
  });
  try {
    return Float32Array.from(await output.data());
  } finally {
    output.dispose();
  }
}
