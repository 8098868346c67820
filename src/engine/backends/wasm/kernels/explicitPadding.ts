import type { TensorInfo } from '@tensorflow/tfjs-core';
import { convolutionInfo, registered, type ConvolutionAttributes, type Kernel } from './kernel';

/**
 * A convolution kernel that is handed its padding in numbers: the package's own ones are wrong for `same` where the
 * filter is smaller than the stride.
 */
export function makeExplicitPadding(name: 'Conv2D' | 'FusedConv2D'): Kernel {
  const convolve = registered(name);
  return (args) => {
    const { x, filter } = args.inputs as { x: TensorInfo; filter: TensorInfo };
    const attributes = args.attrs as unknown as ConvolutionAttributes;
    if (attributes.pad !== 'same') return convolve(args);
    const { top, bottom, left, right } = convolutionInfo(x.shape, filter.shape, attributes).padInfo;
    const pad = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ];
    return convolve({ ...args, attrs: { ...args.attrs, pad } });
  };
}
