import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of batch normalization (Ioffe and Szegedy 2015) by broadcasting. The package's own one tiles the
 * statistics to the size of the input, which takes half of a training step on wasm.
 */
export function installBatchNormGradient(): void {
  const original = tf.getGradient(tf.FusedBatchNorm);
  tf.unregisterGradient(tf.FusedBatchNorm);
  tf.registerGradient({
    ...original,
    gradFunc: (dy, saved, attrs) => {
      const [, mean] = saved;
      if (mean?.rank !== 1) return original.gradFunc(dy, saved, attrs);
      return gradient(dy as tf.Tensor, saved, (attrs as { varianceEpsilon: number }).varianceEpsilon);
    },
  });
}

function gradient(
  dy: tf.Tensor,
  saved: tf.Tensor[],
  varianceEpsilon: number,
): { [inputName: string]: () => tf.Tensor } {
  const [x, mean, variance, savedScale] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor | undefined];
  const scale = savedScale ?? tf.scalar(1);
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const inverse = tf.rsqrt(tf.add(variance, varianceEpsilon));
  const dyPerChannel = tf.sum(dy, axes);
  const dyTimesCentered = tf.sum(tf.mul(dy, tf.sub(x, mean)), axes);
  return {
    x: () => tf.mul(dy, tf.mul(inverse, scale)),
    mean: () => tf.neg(tf.mul(tf.mul(inverse, scale), dyPerChannel)),
    variance: () => tf.mul(tf.mul(tf.mul(-0.5, tf.pow(inverse, 3)), scale), dyTimesCentered),
    scale: () => tf.mul(dyTimesCentered, inverse),
    offset: () => dyPerChannel,
  };
}
