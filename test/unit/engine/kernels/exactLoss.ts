import type { Samples } from '../../../../src/engine/backends/kernels/machine';
import type { Layer } from '../../../../src/networks/network';

/** A network with its weights as lists of doubles, in the order of TensorFlow.js. */
export interface ExactNetwork {
  readonly input: readonly [height: number, width: number, channels: number];
  readonly layers: readonly Layer[];
  readonly classes: number;
  readonly values: readonly Float64Array[];
  readonly samples: Samples;
}

/** Pictures of a batch in double precision. */
interface Pictures {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** [count, height, width, channels] */
  readonly numbers: Float64Array;
}

/** The mean cross-entropy of a batch while it learns, by the definitions of the layers and nothing else. */
export function exactLoss({ input, layers, classes, values, samples }: ExactNetwork): number {
  const [height, width, channels] = input;
  const weights = weightsInOrder(layers, values);
  const numbers = Float64Array.from(samples.x);
  let pictures: Pictures = { count: samples.size, height, width, channels, numbers };
  layers.forEach((layer, index) => (pictures = applied(layer, pictures, weights[index] ?? [])));
  const last = multiplied(flat(pictures), weights.at(-1) ?? [], classes);
  let sum = 0;
  for (let sample = 0; sample < samples.size; sample++) {
    const row = last.numbers.subarray(sample * classes, (sample + 1) * classes);
    const powers = row.map(Math.exp);
    const total = powers.reduce((a, b) => a + b);
    const truth =
      powers.reduce((a, power, i) => a + (samples.y[sample * classes + i] ?? 0) * power, 0) / total;
    sum -= (samples.weights?.[sample] ?? 1) * Math.log(truth + 1e-7);
  }
  return sum / samples.size;
}

/** The lists of each layer, the output's last: TensorFlow.js has those that do not learn behind all others. */
function weightsInOrder(layers: readonly Layer[], values: readonly Float64Array[]): Float64Array[][] {
  const left = [...values];
  const counts = layers.map((layer) => {
    if (layer.type === 'batchNormalization' || layer.type === 'layerNormalization') return 2;
    if (layer.type === 'prelu') return 1;
    if (!('useBias' in layer || layer.type === 'dense' || /onv2d$/i.test(layer.type))) return 0;
    const kernels = layer.type === 'separableConv2d' ? 2 : 1;
    return 'useBias' in layer && layer.useBias === false ? kernels : kernels + 1;
  });
  return [...counts, 2].map((count) => left.splice(0, count));
}

function applied(layer: Layer, pictures: Pictures, weights: readonly Float64Array[]): Pictures {
  switch (layer.type) {
    case 'conv2d':
      return convolved(layer, pictures, weights);
    case 'depthwiseConv2d':
      return active(layer.activation, apart(layer, pictures, weights));
    case 'separableConv2d': {
      const [kernel, pointwise, bias] = weights as [Float64Array, Float64Array, Float64Array];
      const places = apart(layer, pictures, [kernel]);
      const one = { ...layer, type: 'conv2d', kernelSize: 1, strides: 1, padding: 'valid' } as const;
      return convolved(one, places, [pointwise, bias]);
    }
    case 'zeroPadding2d':
      return framed(pair(layer.padding), pictures);
    case 'layerNormalization':
      return normalizedApart(layer.epsilon ?? 1e-3, pictures, weights);
    case 'prelu': {
      const [slopes] = weights;
      const slopeOf = (at: number) => slopes?.[at % slopes.length] ?? NaN;
      const numbers = pictures.numbers.map((value, at) => (value > 0 ? value : slopeOf(at) * value));
      return { ...pictures, numbers };
    }
    case 'dense':
      return active(layer.activation, multiplied(pictures, weights, layer.units));
    case 'flatten':
      return flat(pictures);
    case 'maxPooling2d':
    case 'averagePooling2d':
      return pooled(layer, pictures, layer.type === 'averagePooling2d');
    case 'globalMaxPooling2d':
    case 'globalAveragePooling2d': {
      const poolSize: [number, number] = [pictures.height, pictures.width];
      return pooled({ poolSize }, pictures, layer.type === 'globalAveragePooling2d');
    }
    case 'batchNormalization':
      return normalized(layer.epsilon ?? 1e-3, pictures, weights);
    case 'activation':
      return active(layer.activation, pictures);
    case 'leakyReLU':
      return each(pictures, (value) => (value > 0 ? value : (layer.alpha ?? 0.3) * value));
    default:
      throw new Error(`no exact ${layer.type}`);
  }
}

function flat({ count, height, width, channels, numbers }: Pictures): Pictures {
  return { count, height: 1, width: 1, channels: height * width * channels, numbers };
}

function each(pictures: Pictures, change: (value: number) => number): Pictures {
  return { ...pictures, numbers: pictures.numbers.map(change) };
}

const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(6, Math.max(0, x)),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  softplus: (x) => Math.log1p(Math.exp(x)),
};

function active(name: string | undefined, pictures: Pictures): Pictures {
  return each(pictures, FUNCTIONS[name ?? 'linear'] ?? (() => NaN));
}

function multiplied(x: Pictures, [kernel, bias]: readonly Float64Array[], outs: number): Pictures {
  const numbers = new Float64Array(x.count * outs);
  for (let sample = 0; sample < x.count; sample++)
    for (let out = 0; out < outs; out++) {
      let sum = bias?.[out] ?? 0;
      for (let i = 0; i < x.channels; i++)
        sum += (x.numbers[sample * x.channels + i] ?? 0) * (kernel?.[i * outs + out] ?? 0);
      numbers[sample * outs + out] = sum;
    }
  return { count: x.count, height: 1, width: 1, channels: outs, numbers };
}

type Pair = readonly [number, number];
const pair = (value: number | Pair): Pair => (typeof value === 'number' ? [value, value] : value);

/** Where the windows of a layer lie. */
function windowsOf(x: Pictures, [rows, columns]: Pair, [down, across]: Pair, same: boolean) {
  const steps = (length: number, extent: number, stride: number) =>
    same ? Math.ceil(length / stride) : Math.floor((length - extent) / stride) + 1;
  const height = steps(x.height, rows, down);
  const width = steps(x.width, columns, across);
  const before = (count: number, stride: number, extent: number, length: number) =>
    same ? Math.floor(Math.max(0, (count - 1) * stride + extent - length) / 2) : 0;
  const top = before(height, down, rows, x.height);
  const left = before(width, across, columns, x.width);
  /** Calls back with every place of a window that lies in the picture. */
  const inside = (row: number, column: number, visit: (y: number, x: number, place: number) => void) => {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const [y, across_] = [row * down - top + i, column * across - left + j];
        if (y >= 0 && y < x.height && across_ >= 0 && across_ < x.width) visit(y, across_, i * columns + j);
      }
  };
  return { height, width, inside };
}

function convolved(
  layer: Layer & { type: 'conv2d' },
  x: Pictures,
  [kernel, bias]: readonly Float64Array[],
): Pictures {
  const outs = layer.filters;
  const windows = windowsOf(x, pair(layer.kernelSize), pair(layer.strides ?? 1), layer.padding === 'same');
  const { height, width } = windows;
  const numbers = new Float64Array(x.count * height * width * outs);
  let at = 0;
  for (let sample = 0; sample < x.count; sample++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let out = 0; out < outs; out++) {
          let sum = bias?.[out] ?? 0;
          windows.inside(row, column, (y, across, place) => {
            for (let i = 0; i < x.channels; i++)
              sum +=
                (x.numbers[((sample * x.height + y) * x.width + across) * x.channels + i] ?? 0) *
                (kernel?.[(place * x.channels + i) * outs + out] ?? 0);
          });
          numbers[at++] = sum;
        }
  return active(layer.activation, { count: x.count, height, width, channels: outs, numbers });
}

/** A convolution of each channel by itself. */
function apart(
  layer: {
    kernelSize: number | Pair;
    strides?: number | Pair | undefined;
    padding?: string | undefined;
  },
  x: Pictures,
  [kernel, bias]: readonly Float64Array[],
): Pictures {
  const windows = windowsOf(x, pair(layer.kernelSize), pair(layer.strides ?? 1), layer.padding === 'same');
  const { height, width } = windows;
  const { count, channels } = x;
  const numbers = new Float64Array(count * height * width * channels);
  let at = 0;
  for (let sample = 0; sample < count; sample++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let i = 0; i < channels; i++) {
          let sum = bias?.[i] ?? 0;
          windows.inside(row, column, (y, across, place) => {
            const input = x.numbers[((sample * x.height + y) * x.width + across) * channels + i] ?? 0;
            sum += input * (kernel?.[place * channels + i] ?? 0);
          });
          numbers[at++] = sum;
        }
  return { count, height, width, channels, numbers };
}

function framed([down, across]: Pair, x: Pictures): Pictures {
  const [height, width] = [x.height + 2 * down, x.width + 2 * across];
  const numbers = new Float64Array(x.count * height * width * x.channels);
  const length = x.width * x.channels;
  for (let line = 0; line < x.count * x.height; line++) {
    const row = Math.floor(line / x.height) * height + (line % x.height) + down;
    const from = x.numbers.subarray(line * length, (line + 1) * length);
    numbers.set(from, (row * width + across) * x.channels);
  }
  return { ...x, height, width, numbers };
}

function normalizedApart(epsilon: number, x: Pictures, [gamma, beta]: readonly Float64Array[]): Pictures {
  const { channels } = x;
  const numbers = new Float64Array(x.numbers.length);
  for (let at = 0; at < numbers.length; at += channels) {
    const place = x.numbers.subarray(at, at + channels);
    const mean = place.reduce((a, b) => a + b) / channels;
    const variance = place.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channels;
    place.forEach((value, i) => {
      const normal = (value - mean) / Math.sqrt(variance + epsilon);
      numbers[at + i] = normal * (gamma?.[i] ?? 1) + (beta?.[i] ?? 0);
    });
  }
  return { ...x, numbers };
}

function pooled(
  layer: {
    poolSize?: number | Pair | undefined;
    strides?: number | Pair | undefined;
    padding?: string | undefined;
  },
  x: Pictures,
  mean: boolean,
): Pictures {
  const size = pair(layer.poolSize ?? 2);
  const windows = windowsOf(x, size, pair(layer.strides ?? size), layer.padding === 'same');
  const { height, width } = windows;
  const numbers = new Float64Array(x.count * height * width * x.channels);
  let at = 0;
  for (let sample = 0; sample < x.count; sample++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let channel = 0; channel < x.channels; channel++) {
          const values: number[] = [];
          windows.inside(row, column, (y, across) =>
            values.push(x.numbers[((sample * x.height + y) * x.width + across) * x.channels + channel] ?? 0),
          );
          numbers[at++] = mean ? values.reduce((a, b) => a + b) / values.length : Math.max(...values);
        }
  return { count: x.count, height, width, channels: x.channels, numbers };
}

function normalized(epsilon: number, x: Pictures, [gamma, beta]: readonly Float64Array[]): Pictures {
  const { channels } = x;
  const places = x.numbers.length / channels;
  const means = new Float64Array(channels);
  x.numbers.forEach((value, i) => (means[i % channels] = (means[i % channels] ?? 0) + value / places));
  const variances = new Float64Array(channels);
  x.numbers.forEach((value, i) => {
    const channel = i % channels;
    variances[channel] = (variances[channel] ?? 0) + (value - (means[channel] ?? 0)) ** 2 / places;
  });
  const numbers = x.numbers.map((value, i) => {
    const channel = i % channels;
    const normal = (value - (means[channel] ?? 0)) / Math.sqrt((variances[channel] ?? 0) + epsilon);
    return normal * (gamma?.[channel] ?? 1) + (beta?.[channel] ?? 0);
  });
  return { ...x, numbers };
}
