import type { Layer, Network } from './network';

/** Sizes of what a layer gives for one sample: [height, width, channels] or [units]. */
export type Shape = readonly number[];

/** What a layer makes of its input. */
export interface LayerReport {
  readonly output: Shape;
  /** Weights, those that training does not change included. */
  readonly parameters: number;
}

/** Why a network cannot work: the layer and the reason, as a sentence. */
export interface Problem {
  /** Index of the layer. */
  readonly layer: number;
  readonly reason: string;
}

export interface Verification {
  /** One report a layer, up to the first that cannot work. */
  readonly layers: readonly LayerReport[];
  readonly problem?: Problem | undefined;
}

/** A reason why a layer cannot take its input. */
class Unsuitable extends Error {}

/**
 * Computes each layer's output shape and number of parameters, as Keras does, without making the network.
 *
 * @returns reports up to the first layer that cannot take its input, and that layer's problem
 */
export function verify(network: Network): Verification {
  const layers: LayerReport[] = [];
  let shape: Shape = network.input;
  for (const [index, layer] of network.layers.entries()) {
    try {
      const report = reportOf(layer, shape);
      layers.push(report);
      shape = report.output;
    } catch (error) {
      if (!(error instanceof Unsuitable)) throw error;
      return { layers, problem: { layer: index, reason: error.message } };
    }
  }
  return { layers };
}

function reportOf(layer: Layer, input: Shape): LayerReport {
  switch (layer.type) {
    case 'conv2d': {
      const [height, width, channels, kernel] = window(layer, layer.kernelSize, 1, input);
      const bias = layer.useBias === false ? 0 : layer.filters;
      return { output: [height, width, layer.filters], parameters: kernel * channels * layer.filters + bias };
    }
    case 'depthwiseConv2d': {
      const [height, width, channels, kernel] = window(layer, layer.kernelSize, 1, input);
      const filters = channels * (layer.depthMultiplier ?? 1);
      const bias = layer.useBias === false ? 0 : filters;
      return { output: [height, width, filters], parameters: kernel * filters + bias };
    }
    case 'separableConv2d': {
      const [height, width, channels, kernel] = window(layer, layer.kernelSize, 1, input);
      const bias = layer.useBias === false ? 0 : layer.filters;
      const parameters = kernel * channels + channels * layer.filters + bias;
      return { output: [height, width, layer.filters], parameters };
    }
    case 'maxPooling2d':
    case 'averagePooling2d': {
      const [height, width, channels] = window(layer, layer.poolSize ?? 2, layer.poolSize ?? 2, input);
      return { output: [height, width, channels], parameters: 0 };
    }
    case 'globalMaxPooling2d':
    case 'globalAveragePooling2d':
      return { output: [picture(input)[2]], parameters: 0 };
    case 'zeroPadding2d': {
      const [height, width, channels] = picture(input);
      const [vertical, horizontal] = pairOf(layer.padding);
      return { output: [height + 2 * vertical, width + 2 * horizontal, channels], parameters: 0 };
    }
    case 'batchNormalization':
      return { output: input, parameters: 4 * (input.at(-1) ?? 0) };
    case 'layerNormalization':
      return { output: input, parameters: 2 * (input.at(-1) ?? 0) };
    case 'prelu':
      return { output: input, parameters: sizeOf(input) };
    case 'activation':
    case 'leakyReLU':
    case 'dropout':
      return { output: input, parameters: 0 };
    case 'flatten':
      return { output: [sizeOf(input)], parameters: 0 };
    case 'dense': {
      const units = input.at(-1) ?? 0;
      const bias = layer.useBias === false ? 0 : layer.units;
      return { output: [...input.slice(0, -1), layer.units], parameters: units * layer.units + bias };
    }
  }
}

/** The height, width and channels behind a sliding window, and the weights that it has for each channel. */
function window(
  layer: { strides?: number | [number, number] | undefined; padding?: 'valid' | 'same' | undefined },
  size: number | [number, number],
  usualStrides: number | [number, number],
  input: Shape,
): [height: number, width: number, channels: number, kernel: number] {
  const [height, width, channels] = picture(input);
  const [rows, columns] = pairOf(size);
  const [down, across] = pairOf(layer.strides ?? usualStrides);
  const steps = (length: number, extent: number, stride: number) =>
    layer.padding === 'same' ? Math.ceil(length / stride) : Math.floor((length - extent) / stride) + 1;
  const output = [steps(height, rows, down), steps(width, columns, across)] as const;
  if (Math.min(...output) < 1) {
    throw new Unsuitable(
      `Its window of ${String(rows)}x${String(columns)} is larger than its input of ${String(height)}x${String(width)}: ` +
        'make the window smaller, pad with "same", or remove a pooling before it.',
    );
  }
  return [...output, channels, rows * columns];
}

function picture(input: Shape): [number, number, number] {
  const [height, width, channels] = input;
  if (height === undefined || width === undefined || channels === undefined) {
    throw new Unsuitable(
      'It takes a picture of height, width and channels, but the layer before it gives a list of numbers: ' +
        'move it before the flatten, dense or global pooling layer.',
    );
  }
  return [height, width, channels];
}

function pairOf(value: number | [number, number]): [number, number] {
  return typeof value === 'number' ? [value, value] : value;
}

function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}
