import { permuted } from '../../onnx/permuted';
import { samePads, type Window } from '../../onnx/samePads';
import type { Weight } from '../../weights';
import type { ExportedLayer, Pair } from '../exportedLayer';
import { activated } from './activations';
import type { GraphWriter, Setting, WrittenValue } from './graphWriter';

/** Writes the operators of a layer. @returns what they give */
export type WriteLayer = (
  writer: GraphWriter,
  layer: ExportedLayer,
  inputs: readonly [WrittenValue, ...WrittenValue[]],
) => WrittenValue;

function windowOf(layer: ExportedLayer, kernel: Pair, strides: Pair): Window {
  return { kernel, strides, dilations: layer.pair('dilation_rate') };
}

function settingsOf(layer: ExportedLayer, window: Window): Readonly<Record<string, Setting>> {
  const pads = layer.text('padding') === 'same' ? samePads(layer.picture, window) : [0, 0, 0, 0];
  return {
    kernel_shape: { ints: window.kernel },
    strides: { ints: window.strides },
    pads: { ints: pads },
  };
}

/** A convolution, whose kernel has filters x channels of a group x height x width. */
function convolved(
  writer: GraphWriter,
  layer: ExportedLayer,
  value: WrittenValue,
  kernel: string,
  { groups, window, bias }: { groups: number; window: Window; bias: Weight | undefined },
): WrittenValue {
  const input = writer.channelsFirst(layer, value);
  const weights = [kernel, ...(bias ? [writer.floats(layer, 'bias', bias.shape, bias.values)] : [])];
  const settings = {
    ...settingsOf(layer, window),
    group: { int: groups },
    dilations: { ints: window.dilations },
  };
  return writer.behind(layer, 'Conv', input, weights, settings);
}

const convolution: WriteLayer = (writer, layer, [value]) => {
  const { shape, values } = layer.weight('kernel');
  const window = windowOf(layer, layer.pair('kernel_size'), layer.pair('strides'));
  const kernel = writer.floats(layer, 'kernel', turned(shape), permuted(values, shape, TO_FILTERS));
  const bias = layer.optionalWeight('bias');
  return activated(writer, layer, convolved(writer, layer, value, kernel, { groups: 1, window, bias }));
};

/** From height x width x channels x filters, as TensorFlow has kernels, to filters x channels x height x width. */
const TO_FILTERS = [3, 2, 0, 1];

function turned([height = 1, width = 1, channels = 1, filters = 1]: readonly number[]): number[] {
  return [filters, channels, height, width];
}

/** Each channel by itself; `bias` where no other convolution follows. */
function depthwise(
  writer: GraphWriter,
  layer: ExportedLayer,
  value: WrittenValue,
  bias: Weight | undefined,
): WrittenValue {
  const { shape, values } = layer.weight('depthwise_kernel');
  const [height = 1, width = 1, channels = 1, multiplier = 1] = shape;
  const window = windowOf(layer, [height, width], layer.pair('strides'));
  const dims = [channels * multiplier, 1, height, width];
  // the filters of a channel follow each other
  const kernel = writer.floats(layer, 'depthwise', dims, permuted(values, shape, [2, 3, 0, 1]));
  return convolved(writer, layer, value, kernel, { groups: channels, window, bias });
}

const depthwiseConvolution: WriteLayer = (writer, layer, [value]) =>
  activated(writer, layer, depthwise(writer, layer, value, layer.optionalWeight('bias')));

const separableConvolution: WriteLayer = (writer, layer, [value]) => {
  const spread = depthwise(writer, layer, value, undefined);
  const { shape, values } = layer.weight('pointwise_kernel');
  const kernel = writer.floats(layer, 'pointwise', turned(shape), permuted(values, shape, TO_FILTERS));
  const bias = layer.optionalWeight('bias');
  const weights = [kernel, ...(bias ? [writer.floats(layer, 'bias', bias.shape, bias.values)] : [])];
  return activated(writer, layer, writer.behind(layer, 'Conv', spread, weights));
};

const transposedConvolution: WriteLayer = (writer, layer, [value]) => {
  const { shape, values } = layer.weight('kernel');
  const [height = 1, width = 1, filters = 1, channels = 1] = shape;
  const strides = layer.pair('strides');
  const window: Window = { kernel: [height, width], strides, dilations: [1, 1] };
  const [rows, columns] = layer.picture;
  const isSame = layer.text('padding') === 'same';
  const pads = isSame ? samePads([rows * strides[0], columns * strides[1]], window) : [0, 0, 0, 0];
  const more = [Math.max(0, strides[0] - height), Math.max(0, strides[1] - width)];
  const input = writer.channelsFirst(layer, value);
  const kernel = writer.floats(
    layer,
    'kernel',
    [channels, filters, height, width],
    permuted(values, shape, TO_FILTERS),
  );
  const bias = layer.optionalWeight('bias');
  const weights = [kernel, ...(bias ? [writer.floats(layer, 'bias', bias.shape, bias.values)] : [])];
  const settings = {
    kernel_shape: { ints: window.kernel },
    strides: { ints: strides },
    pads: { ints: pads },
    output_padding: { ints: more },
  };
  return activated(writer, layer, writer.behind(layer, 'ConvTranspose', input, weights, settings));
};

const pooling =
  (operator: 'MaxPool' | 'AveragePool'): WriteLayer =>
  (writer, layer, [value]) => {
    const size = layer.pair('pool_size');
    const strides = layer.config['strides'] == null ? size : layer.pair('strides');
    const settings = settingsOf(layer, windowOf(layer, size, strides));
    return writer.behind(layer, operator, writer.channelsFirst(layer, value), [], settings);
  };

const globalPooling =
  (operator: 'GlobalMaxPool' | 'GlobalAveragePool'): WriteLayer =>
  (writer, layer, [value]) => {
    if (layer.config['keepdims'] === true) throw layer.unsupported('keeps dimensions, which is');
    const pooled = writer.behind(layer, operator, writer.channelsFirst(layer, value));
    return { ...writer.behind(layer, 'Flatten', pooled), channelsFirst: false };
  };

const padding: WriteLayer = (writer, layer, [value]) => {
  const [[top, bottom], [left, right]] = layer.sides('padding');
  const pads = writer.ints(layer, 'pads', [0, 0, top, left, 0, 0, bottom, right]);
  return writer.behind(layer, 'Pad', writer.channelsFirst(layer, value), [pads]);
};

const cropping: WriteLayer = (writer, layer, [value]) => {
  const [height, width] = layer.picture;
  const [[top, bottom], [left, right]] = layer.sides('cropping');
  const bounds = [
    writer.ints(layer, 'starts', [top, left]),
    writer.ints(layer, 'ends', [height - bottom, width - right]),
    writer.ints(layer, 'axes', [2, 3]),
  ];
  return writer.behind(layer, 'Slice', writer.channelsFirst(layer, value), bounds);
};

/** Layers that look at pictures. */
export const PICTURE_LAYERS: Readonly<Record<string, WriteLayer>> = {
  Conv2D: convolution,
  DepthwiseConv2D: depthwiseConvolution,
  SeparableConv2D: separableConvolution,
  Conv2DTranspose: transposedConvolution,
  MaxPooling2D: pooling('MaxPool'),
  AveragePooling2D: pooling('AveragePool'),
  GlobalMaxPooling2D: globalPooling('GlobalMaxPool'),
  GlobalAveragePooling2D: globalPooling('GlobalAveragePool'),
  ZeroPadding2D: padding,
  Cropping2D: cropping,
};
