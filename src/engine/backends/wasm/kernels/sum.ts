import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { floats, registered, type Kernel } from './kernel';

/** Under so many elements the package's own kernel is as fast. */
const LARGE = 4096;

/**
 * A sum that adds over leading axes (the gradient of every bias) in one pass and in double precision; the package's
 * own kernel transposes first. Other sums are the package's.
 */
export function makeSum(): Kernel {
  const sum = registered('Sum');
  return (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const axes = util.parseAxisParam(args.attrs['axis'] as number | number[], x.shape);
    const leading =
      axes.length > 0 && axes.length < x.shape.length && axes.every((axis, index) => axis === index);
    if (!leading || x.dtype !== 'float32' || util.sizeFromShape(x.shape) < LARGE) return sum(args);
    const rest = x.shape.slice(axes.length);
    const shape = args.attrs['keepDims'] ? [...axes.map(() => 1), ...rest] : rest;
    const output = args.backend.makeOutput(shape, 'float32');
    floats(args.backend, output).set(sumRows(floats(args.backend, x), util.sizeFromShape(rest)));
    return output;
  };
}

/** The sum of consecutive rows of `width` numbers. */
function sumRows(values: Float32Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (let start = 0; start < values.length; start += width) {
    for (let i = 0; i < width; i++) sums[i] = (sums[i] as number) + (values[start + i] as number);
  }
  return sums;
}
