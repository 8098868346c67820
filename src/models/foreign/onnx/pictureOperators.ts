import { largestOf, smallestOf } from '../../../base/vectors';
import { permuted } from '../../onnx/permuted';
import { samePads, type Pads, type Window } from '../../onnx/samePads';
import type { LayerStack } from './layerStack';
import { MOST_NUMBERS } from '../bounds';
import type { LayerValue, Operator } from './node';
import type { Constant } from './tensor';
import type { Translate } from './translate';

type Pair = readonly [number, number];

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

function padsOf(operator: Operator, value: LayerValue, window: Window): Pads {
  const auto = operator.text('auto_pad') ?? 'NOTSET';
  if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER')
    return samePads(value.shape.slice(1), window, auto === 'SAME_UPPER');
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
  const window = windowOf(operator, kernel);
  const pads = padsOf(operator, value, window);
  const padding =
    largestOf(pads) > 0 && isSame(pads, samePads(value.shape.slice(1), window)) ? 'same' : 'valid';
  const input = padding === 'same' || largestOf(pads) === 0 ? value : zeroPadded(stack, value, pads);
  const bias = operator.inputs[2] && operator.constant(2);
  const config = {
    ...{ kernel_size: kernel, strides: window.strides, dilation_rate: window.dilations },
    ...{ padding, activation: 'linear', use_bias: bias !== undefined },
    ...(isDepthwise ? { depth_multiplier: filters / groups } : { filters }),
  };
  // of each channel by itself the filters follow the channel, as TensorFlow has them
  const own = permuted(weights.values, weights.shape, [2, 3, 1, 0]);
  const values = isDepthwise ? own : ungrouped(operator, own, [...kernel, share, filters], groups);
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

/**
 * Weights of height x width x channels of a group x filters as of one group: of the channels that a filter does not take,
 * its weights are 0.
 */
function ungrouped(
  operator: Operator,
  values: Float32Array,
  [height = 1, width = 1, share = 1, filters = 1]: readonly number[],
  groups: number,
): Float32Array {
  if (groups === 1) return values;
  const channels = share * groups;
  const count = height * width * channels * filters;
  if (count > MOST_NUMBERS)
    throw operator.problem(`has ${String(groups)} groups of many channels`, 'take a smaller network');
  const whole = new Float32Array(count);
  const ofGroup = filters / groups;
  for (let at = 0; at < values.length; at++) {
    const filter = at % filters;
    const channel = Math.floor(at / filters) % share;
    const place = Math.floor(at / (filters * share));
    const from = Math.floor(filter / ofGroup) * share + channel;
    whole[(place * channels + from) * filters + filter] = values[at] ?? 0;
  }
  return whole;
}

/** A convolution from the small to the large, as networks that scale pictures up have it. */
const convTranspose: Translate = (operator, stack) => {
  const value = pictureOf(operator, stack);
  const weights = operator.constant(1);
  const [taken = 0, share = 0, ...kernel] = weights.shape;
  const [channels = 1, ...sides] = value.shape;
  const groups = operator.int('group', 1);
  if (kernel.length !== 2 || taken !== channels || channels % groups !== 0)
    throw operator.problem('has weights of another shape than its picture', 'export the model again');
  const window = windowOf(operator, kernel);
  if (largestOf(window.dilations) > 1) throw operator.problem('has dilations', 'take a network without');
  const crops = ([0, 1] as const).map((at) => cropOf(operator, window, sides[at] ?? 1, at));
  if (smallestOf(crops.flat()) < 0)
    throw operator.problem('adds more to a picture than it computes (output_padding)', 'take a smaller one');
  const filters = share * groups;
  const bias = operator.inputs[2] && operator.constant(2);
  const values = ungroupedBack(operator, weights, groups);
  const config = {
    ...{ filters, kernel_size: kernel, strides: window.strides },
    ...{ padding: 'valid', activation: 'linear', use_bias: bias !== undefined },
  };
  const layer = stack.add('Conv2DTranspose', config, [value], {
    kernel: { shape: [...kernel, filters, channels], values },
    ...(bias && { bias: { shape: [filters], values: Float32Array.from(bias.values) } }),
  });
  const whole = ([0, 1] as const).map((at) => enlarged(window, sides[at] ?? 1, at));
  return cropped(stack, { layer, shape: [filters, ...whole], channelsLast: true }, crops);
};

/** What TensorFlow makes of a side without padding. */
function enlarged({ kernel, strides }: Window, side: number, at: 0 | 1): number {
  return side * strides[at] + Math.max(0, kernel[at] - strides[at]);
}

/** How much of what TensorFlow makes of a side is taken off, before and behind. */
function cropOf(operator: Operator, window: Window, side: number, at: 0 | 1): Pair {
  const { kernel, strides } = window;
  const more = operator.ints('output_padding')?.[at] ?? 0;
  const whole = (side - 1) * strides[at] + kernel[at] + more;
  const auto = operator.text('auto_pad') ?? 'NOTSET';
  const isSame = auto.startsWith('SAME');
  const target = operator.ints('output_shape')?.at(at - 2) ?? (isSame ? side * strides[at] : undefined);
  const spare = enlarged(window, side, at) - whole;
  if (target === undefined) {
    const pads = auto === 'VALID' ? [] : (operator.ints('pads') ?? []);
    return [pads[at] ?? 0, (pads[at + 2] ?? 0) + spare];
  }
  const off = Math.max(0, whole - target);
  const before = auto === 'SAME_UPPER' ? Math.floor(off / 2) : off - Math.floor(off / 2);
  return [before, enlarged(window, side, at) - target - before];
}

/** As `ungrouped`, of channels x filters of a group x height x width: height x width x filters x channels. */
function ungroupedBack(operator: Operator, { shape, values }: Constant, groups: number): Float32Array {
  const [channels = 1, share = 1, height = 1, width = 1] = shape;
  // the channels of a group are to its filters what filters are to channels the other way
  const turned = permuted(values, shape, [2, 3, 1, 0]);
  return ungrouped(operator, turned, [height, width, share, channels], groups);
}

function cropped(stack: LayerStack, value: LayerValue, crops: readonly Pair[]): LayerValue {
  if (largestOf(crops.flat()) === 0) return value;
  const [channels = 1, ...sides] = value.shape;
  const left = sides.map((side, at) => side - (crops[at]?.[0] ?? 0) - (crops[at]?.[1] ?? 0));
  return {
    ...value,
    layer: stack.add('Cropping2D', { cropping: crops }, [value]),
    shape: [channels, ...left],
  };
}

/** Takes the edges of a picture off. */
const slice: Translate = (operator, stack) => {
  const value = pictureOf(operator, stack);
  const starts = operator.numbers(1, 'starts') ?? [];
  const ends = operator.numbers(2, 'ends') ?? [];
  const axes = operator.numbers(3, 'axes') ?? starts.map((_, at) => at);
  const steps = operator.inputs[4] ? Array.from(operator.constant(4).values) : [];
  const crops: [Pair, Pair] = [
    [0, 0],
    [0, 0],
  ];
  for (const [at, axis] of axes.entries()) {
    const place = (axis + 4) % 4;
    const side = value.shape[place - 1] ?? 1;
    const within = (edge = 0) => Math.max(0, Math.min(side, edge < 0 ? edge + side : edge));
    const [start, end] = [within(starts[at]), within(ends[at])];
    const isWhole = start === 0 && end === side && place > 0;
    if ((place < 2 && !isWhole) || end <= start || (steps[at] ?? 1) !== 1)
      throw operator.problem('takes a part of a picture that is no rectangle', 'take another network');
    if (place >= 2) crops[place - 2] = [start, side - end];
  }
  return { ...cropped(stack, value, crops), positive: value.positive === true };
};

function pool(kind: 'MaxPooling2D' | 'AveragePooling2D'): Translate {
  return (operator, stack) => {
    const value = pictureOf(operator, stack);
    const window = windowOf(operator, operator.ints('kernel_shape') ?? []);
    if (largestOf(window.dilations) > 1) throw operator.problem('has dilations', 'take a network without');
    const pads = padsOf(operator, value, window);
    const isPadded = largestOf(pads) > 0;
    const countsPads = operator.int('count_include_pad', 0) === 1;
    const isTensorFlows = !countsPads && isSame(pads, samePads(value.shape.slice(1), window));
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
      'take GlobalAveragePool, or where it is of a layer normalization, export with opset 17, which has that as one operator',
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
  ConvTranspose: convTranspose,
  Slice: slice,
};
