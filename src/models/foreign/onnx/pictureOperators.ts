import { elementsOf } from '../../weights';
import type { LayerStack } from './layerStack';
import type { LayerValue, Operator } from './node';
import type { Translate } from './translate';

type Pair = readonly [number, number];

/** How a window moves over a picture. */
interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
}

function pairOf(list: readonly number[] | undefined, otherwise: number): Pair {
  return [list?.[0] ?? otherwise, list?.[1] ?? otherwise];
}

function windowOf(operator: Operator, kernel: readonly number[]): Window {
  return {
    kernel: pairOf(kernel, 1),
    strides: pairOf(operator.ints('strides'), 1),
    dilations: pairOf(operator.ints('dilations'), 1),
  };
}

/** @throws ModelError where the operator takes no picture */
function pictureOf(operator: Operator, stack: LayerStack): LayerValue {
  const value = stack.channelsLast(operator.layer());
  if (value.shape.length === 3) return value;
  throw operator.problem('does not take pictures', 'take a network of two dimensions');
}

/** Numbers around a picture: above, left, below, right. */
type Pads = readonly [number, number, number, number];

/** What TensorFlow puts around a picture for padding `same`. */
function samePads(
  { shape: [, ...sides] }: LayerValue,
  { kernel, strides, dilations }: Window,
  upper = true,
): Pads {
  const each = ([0, 1] as const).map((at) => {
    const [side = 1, stride] = [sides[at], strides[at]];
    const reach = (kernel[at] - 1) * dilations[at] + 1;
    const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + reach - side);
    const less = Math.floor(total / 2);
    return upper ? ([less, total - less] as const) : ([total - less, less] as const);
  });
  return [each[0]?.[0] ?? 0, each[1]?.[0] ?? 0, each[0]?.[1] ?? 0, each[1]?.[1] ?? 0];
}

function padsOf(operator: Operator, value: LayerValue, window: Window): Pads {
  const auto = operator.text('auto_pad') ?? 'NOTSET';
  if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER') return samePads(value, window, auto === 'SAME_UPPER');
  const [top = 0, left = 0, bottom = 0, right = 0] = auto === 'VALID' ? [] : (operator.ints('pads') ?? []);
  if (Math.min(top, left, bottom, right) < 0) throw operator.problem('crops', 'take another network');
  return [top, left, bottom, right];
}

function isSame(a: Pads, b: Pads): boolean {
  return a.every((pad, at) => pad === b[at]);
}

function zeroPadded(stack: LayerStack, value: LayerValue, [top, left, bottom, right]: Pads): LayerValue {
  const [channels = 1, height = 1, width = 1] = value.shape;
  const padding = [
    [top, bottom],
    [left, right],
  ];
  return {
    ...value,
    layer: stack.add('ZeroPadding2D', { padding }, [value]),
    shape: [channels, height + top + bottom, width + left + right],
  };
}

/** What a window makes of the sides of a picture. */
function sidesAfter(
  { shape: [, ...sides] }: LayerValue,
  padding: string,
  { kernel, strides, dilations }: Window,
) {
  return ([0, 1] as const).map((at) => {
    const reach = padding === 'same' ? 1 : (kernel[at] - 1) * dilations[at] + 1;
    return Math.floor(((sides[at] ?? 1) - reach) / strides[at]) + 1;
  });
}

const conv: Translate = (operator, stack) => {
  const value = pictureOf(operator, stack);
  const weights = operator.constant(1);
  const [filters = 0, share = 0, ...kernel] = weights.shape;
  const [channels = 1] = value.shape;
  const groups = operator.int('group', 1);
  const isDepthwise = groups === channels && groups > 1 && share === 1;
  if (kernel.length !== 2 || share * groups !== channels || filters % groups !== 0)
    throw operator.problem('has weights of another shape than its picture', 'export the model again');
  if (groups !== 1 && !isDepthwise)
    throw operator.problem(
      `has ${String(groups)} groups`,
      'take a network whose convolutions have one, or one a channel',
    );
  const window = windowOf(operator, kernel);
  const pads = padsOf(operator, value, window);
  const padding = Math.max(...pads) > 0 && isSame(pads, samePads(value, window)) ? 'same' : 'valid';
  const input = padding === 'same' || Math.max(...pads) === 0 ? value : zeroPadded(stack, value, pads);
  const bias = operator.inputs[2] && operator.constant(2);
  const config = {
    ...{ kernel_size: kernel, strides: window.strides, dilation_rate: window.dilations },
    ...{ padding, activation: 'linear', use_bias: bias !== undefined },
    ...(isDepthwise ? { depth_multiplier: filters / groups } : { filters }),
  };
  const values = turned(weights.values, filters, share, kernel, isDepthwise ? groups : 1);
  const [height = 1, width = 1] = kernel;
  const named = isDepthwise
    ? { depthwise_kernel: { shape: [height, width, groups, filters / groups], values } }
    : { kernel: { shape: [height, width, channels, filters], values } };
  const layer = stack.add(isDepthwise ? 'DepthwiseConv2D' : 'Conv2D', config, [input], {
    ...named,
    ...(bias && { bias: { shape: [filters], values: Float32Array.from(bias.values) } }),
  });
  return { layer, shape: [filters, ...sidesAfter(input, padding, window)], channelsLast: true };
};

/** Weights of filters x channels x height x width as height x width x channels x filters. */
function turned(
  values: ArrayLike<number>,
  filters: number,
  channels: number,
  kernel: readonly number[],
  groups: number,
): Float32Array {
  const places = elementsOf(kernel);
  const turnedValues = new Float32Array(values.length);
  // in groups, filters follow their channel, as TensorFlow has them
  const width = groups > 1 ? 1 : channels;
  for (let filter = 0; filter < filters; filter++)
    for (let channel = 0; channel < width; channel++)
      for (let place = 0; place < places; place++)
        turnedValues[(place * width + channel) * filters + filter] =
          values[(filter * width + channel) * places + place] ?? 0;
  return turnedValues;
}

function pool(kind: 'MaxPooling2D' | 'AveragePooling2D'): Translate {
  return (operator, stack) => {
    const value = pictureOf(operator, stack);
    const window = windowOf(operator, operator.ints('kernel_shape') ?? []);
    if (Math.max(...window.dilations) > 1) throw operator.problem('has dilations', 'take a network without');
    const pads = padsOf(operator, value, window);
    const isPadded = Math.max(...pads) > 0;
    const countsPads = operator.int('count_include_pad', 0) === 1;
    const isTensorFlows = !countsPads && isSame(pads, samePads(value, window));
    const canBeZero = kind === 'MaxPooling2D' ? value.positive === true : countsPads;
    if (isPadded && !isTensorFlows && !canBeZero)
      throw operator.problem(
        'has padding that TensorFlow.js does not',
        'put the pooling behind a ReLU, or leave its padding out',
      );
    const padding = isPadded && isTensorFlows ? 'same' : 'valid';
    const input = isPadded && padding === 'valid' ? zeroPadded(stack, value, pads) : value;
    const sides = sidesAfter(input, padding, window);
    if (operator.int('ceil_mode', 0) === 1 && !isWhole(input, padding, window))
      throw operator.problem('rounds up (ceil_mode)', 'export the model with ceil_mode=False');
    const config = { pool_size: window.kernel, strides: window.strides, padding };
    const layer = stack.add(kind, config, [input]);
    return {
      layer,
      shape: [value.shape[0] ?? 1, ...sides],
      channelsLast: true,
      positive: value.positive === true,
    };
  };
}

/** Whether the windows reach the end of the picture exactly. */
function isWhole({ shape: [, ...sides] }: LayerValue, padding: string, { kernel, strides }: Window): boolean {
  return (
    padding === 'same' || ([0, 1] as const).every((at) => ((sides[at] ?? 1) - kernel[at]) % strides[at] === 0)
  );
}

/** One number a channel. */
function globalPool(kind: 'GlobalAveragePooling2D' | 'GlobalMaxPooling2D', keeps = true) {
  return (operator: Operator, stack: LayerStack): LayerValue => {
    const value = pictureOf(operator, stack);
    const [channels = 1] = value.shape;
    const layer = stack.add(kind, {}, [value]);
    const pooled: LayerValue = {
      layer,
      shape: [channels],
      channelsLast: false,
      positive: value.positive === true,
    };
    return keeps ? stack.reshaped(pooled, [channels, 1, 1]) : pooled;
  };
}

function reduce(kind: 'GlobalAveragePooling2D' | 'GlobalMaxPooling2D'): Translate {
  return (operator, stack) => {
    const { shape, channelsLast } = operator.layer();
    const rank = shape.length + 1;
    const axes = (operator.numbers(1, 'axes') ?? [])
      .map((axis) => (axis + rank) % rank)
      .sort((a, b) => a - b);
    const keeps = operator.int('keepdims', 1) === 1;
    if (rank === 4 && axes.join() === '2,3') return globalPool(kind, keeps)(operator, stack);
    // as exporters of TensorFlow write it, whose channels are last
    if (rank === 4 && axes.join() === '1,2' && !channelsLast) {
      const channels = shape[2] ?? 1;
      const layer = stack.add(kind, {}, [operator.layer()]);
      const pooled: LayerValue = { layer, shape: [channels], channelsLast: false };
      return keeps ? stack.reshaped(pooled, [1, 1, channels]) : pooled;
    }
    throw operator.problem(
      'does not take whole pictures together',
      'take GlobalAveragePool, and no layer normalization',
    );
  };
}

const pad: Translate = (operator, stack) => {
  const value = pictureOf(operator, stack);
  const pads = operator.numbers(1, 'pads') ?? [];
  const [n0, c0, top = 0, left = 0, n1, c1, bottom = 0, right = 0] = pads;
  const fill = operator.inputs[2] ? operator.constant(2).values[0] : operator.float('value', 0);
  const isZero = (operator.text('mode') ?? 'constant') === 'constant' && (fill ?? 0) === 0;
  if (!isZero || n0 || c0 || n1 || c1 || Math.min(top, left, bottom, right) < 0 || pads.length !== 8)
    throw operator.problem('puts something else than zeros around a picture', 'take zeros');
  return zeroPadded(stack, value, [top, left, bottom, right]);
};

/** Operators that look at pictures. */
export const PICTURE_OPERATORS: Readonly<Record<string, Translate>> = {
  Conv: conv,
  MaxPool: pool('MaxPooling2D'),
  AveragePool: pool('AveragePooling2D'),
  GlobalAveragePool: globalPool('GlobalAveragePooling2D'),
  GlobalMaxPool: globalPool('GlobalMaxPooling2D'),
  ReduceMean: reduce('GlobalAveragePooling2D'),
  ReduceMax: reduce('GlobalMaxPooling2D'),
  Pad: pad,
};
