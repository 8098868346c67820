import * as tf from '@tensorflow/tfjs-core';
import { floats, type Kernel } from './kernel';

/**
 * The gradient of max pooling. The package's own kernel loses it where a window's maximum is not positive; this one
 * gives it to the first maximum of the window, as the `cpu` backend does.
 */
export const maxPoolGrad: Kernel = ({ inputs, backend, attrs }) => {
  const { dy, input } = inputs as { dy: tf.TensorInfo; input: tf.TensorInfo };
  const info = tf.backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    attrs['filterSize'] as [number, number],
    attrs['strides'] as [number, number],
    1,
    attrs['pad'] as 'same' | 'valid' | number,
    attrs['dimRoundingMode'] as 'floor' | undefined,
  );
  const output = backend.makeOutput(input.shape, 'float32');
  const gradient = floats(backend, output).fill(0);
  const x = floats(backend, input);
  const dyValues = floats(backend, dy);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  let out = 0;
  for (let n = 0; n < batchSize; n++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      const corner = outRow * info.strideHeight - padInfo.top;
      const rowFrom = Math.max(corner, 0);
      const rowTo = Math.min(corner + info.filterHeight, inHeight);
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const side = outColumn * info.strideWidth - padInfo.left;
        const columnFrom = Math.max(side, 0);
        const columnTo = Math.min(side + info.filterWidth, inWidth);
        for (let channel = 0; channel < inChannels; channel++, out++) {
          let maximum = -Infinity;
          let at = -1;
          for (let row = rowFrom; row < rowTo; row++) {
            let index = ((n * inHeight + row) * inWidth + columnFrom) * inChannels + channel;
            for (let column = columnFrom; column < columnTo; column++, index += inChannels) {
              const value = x[index] as number;
              if (value > maximum) {
                maximum = value;
                at = index;
              }
            }
          }
          if (at >= 0) gradient[at] = (gradient[at] as number) + (dyValues[out] as number);
        }
      }
    }
  }
  return output;
};
