import { permuted } from '../../onnx/permuted';
import { elementsOf } from '../../weights';
import type { ExportedLayer } from '../exportedLayer';
import { activated, clipped } from './activations';
import type { GraphWriter, WrittenValue } from './graphWriter';
import type { WriteLayer } from './pictureLayers';

/** What training alone needs. */
const nothing: WriteLayer = (_writer, _layer, [value]) => value;

const activation: WriteLayer = (writer, layer, [value]) => activated(writer, layer, value);

const dense: WriteLayer = (writer, layer, [value]) => {
  const { shape, values } = layer.weight('kernel');
  const bias = layer.optionalWeight('bias');
  const kernel = writer.floats(layer, 'kernel', shape, values);
  const added = bias && writer.floats(layer, 'bias', bias.shape, bias.values);
  const input = writer.channelsLast(layer, value);
  if (input.shape.length === 1)
    return activated(
      writer,
      layer,
      writer.behind(layer, 'Gemm', input, added === undefined ? [kernel] : [kernel, added]),
    );
  const product = writer.behind(layer, 'MatMul', input, [kernel]);
  return activated(
    writer,
    layer,
    added === undefined ? product : writer.behind(layer, 'Add', product, [added]),
  );
};

/** Refuses a normalization along other dimensions than the last of them. */
function checkAxis(layer: ExportedLayer): void {
  const axes = layer.config['axis'] === undefined ? [-1] : layer.numbers('axis');
  const rank = layer.input.length + 1;
  if (axes.length !== 1 || ((axes[0] ?? -1) + rank) % rank !== rank - 1)
    throw layer.unsupported('normalizes along other dimensions than the channels, which is');
}

/** The value that Keras has where a configuration says none. */
const EPSILON = 1e-3;

const batchNormalization: WriteLayer = (writer, layer, [value]) => {
  checkAxis(layer);
  const mean = layer.weight('moving_mean');
  const numbers = (name: string, otherwise: number) => {
    const values = layer.optionalWeight(name)?.values ?? new Float32Array(mean.values.length).fill(otherwise);
    return writer.floats(layer, name, [values.length], values);
  };
  const weights = [
    numbers('gamma', 1),
    numbers('beta', 0),
    numbers('moving_mean', 0),
    numbers('moving_variance', 1),
  ];
  const epsilon = { float: layer.optional('epsilon') ?? EPSILON };
  return writer.behind(layer, 'BatchNormalization', writer.channelsFirst(layer, value), weights, { epsilon });
};

const layerNormalization: WriteLayer = (writer, layer, [value]) => {
  const rank = layer.input.length + 1;
  const axes = layer.numbers('axis').map((axis) => (axis + rank) % rank);
  const [first = rank - 1] = axes;
  if (axes.some((axis, at) => axis !== first + at) || first + axes.length !== rank)
    throw layer.unsupported('normalizes along other dimensions than the last, which is');
  const dims = layer.input.slice(first - 1);
  const numbers = (name: string, otherwise: number) => {
    const values = layer.optionalWeight(name)?.values ?? new Float32Array(elementsOf(dims)).fill(otherwise);
    return writer.floats(layer, name, dims, values);
  };
  const settings = { axis: { int: first }, epsilon: { float: layer.optional('epsilon') ?? EPSILON } };
  const weights = [numbers('gamma', 1), numbers('beta', 0)];
  return writer.behind(layer, 'LayerNormalization', writer.channelsLast(layer, value), weights, settings);
};

const leaky: WriteLayer = (writer, layer, [value]) => {
  const alpha = layer.optional('alpha') ?? layer.number('negative_slope');
  return writer.behind(layer, 'LeakyRelu', value, [], { alpha: { float: alpha } });
};

/** A slope for every place or channel, in the order of the numbers that it is for. */
const parametric: WriteLayer = (writer, layer, [value]) => {
  const { shape, values } = layer.weight('alpha');
  const [height = 1, width = 1, channels = 1] = shape;
  const slope = value.channelsFirst
    ? writer.floats(layer, 'alpha', [channels, height, width], permuted(values, shape, [2, 0, 1]))
    : writer.floats(layer, 'alpha', shape, values);
  return writer.behind(layer, 'PRelu', value, [slope]);
};

const rectified: WriteLayer = (writer, layer, [value]) => {
  const slope = layer.optional('negative_slope') ?? 0;
  const threshold = layer.optional('threshold') ?? 0;
  if (slope !== 0 || threshold !== 0) throw layer.unsupported('has a slope or a threshold, which is');
  const most = layer.optional('max_value');
  return most === undefined ? writer.behind(layer, 'Relu', value) : clipped(writer, layer, value, 0, most);
};

const softmax: WriteLayer = (writer, layer, [value]) => {
  checkAxis(layer);
  return writer.behind(layer, 'Softmax', value, [], { axis: { int: value.channelsFirst ? 1 : -1 } });
};

const flatten: WriteLayer = (writer, layer, [value]) => {
  if (value.shape.length === 1) return value;
  return writer.behind(layer, 'Flatten', writer.channelsLast(layer, value));
};

const reshape: WriteLayer = (writer, layer, [value]) => {
  const target = writer.ints(layer, 'shape', [0, ...layer.numbers('target_shape')]);
  return writer.behind(layer, 'Reshape', writer.channelsLast(layer, value), [target]);
};

const permute: WriteLayer = (writer, layer, [value]) =>
  writer.behind(layer, 'Transpose', writer.channelsLast(layer, value), [], {
    perm: { ints: [0, ...layer.numbers('dims')] },
  });

const rescaling: WriteLayer = (writer, layer, [value]) => {
  const scaled = writer.behind(layer, 'Mul', value, [writer.float(layer, 'scale', layer.number('scale'))]);
  const offset = layer.optional('offset') ?? 0;
  return offset === 0 ? scaled : writer.behind(layer, 'Add', scaled, [writer.float(layer, 'offset', offset)]);
};

/** Several values in the order of TensorFlow. */
function inOneOrder(
  writer: GraphWriter,
  layer: ExportedLayer,
  values: readonly [WrittenValue, ...WrittenValue[]],
) {
  const [first, ...others] = values.map((value) => writer.channelsLast(layer, value));
  return [first ?? values[0], ...others] as const;
}

/** An operator of two, one after the other over all. */
const joined =
  (
    operator: 'Add' | 'Mul' | 'Max' | 'Min',
    finish: (sum: WrittenValue, ...rest: Parameters<WriteLayer>) => WrittenValue,
  ): WriteLayer =>
  (writer, layer, inputs) => {
    const [first, ...others] = inOneOrder(writer, layer, inputs);
    const whole = others.reduce((value, { name }) => writer.behind(layer, operator, value, [name]), first);
    return finish(whole, writer, layer, inputs);
  };

const asItIs = (value: WrittenValue) => value;

const concatenate: WriteLayer = (writer, layer, inputs) => {
  const [first, ...others] = inOneOrder(writer, layer, inputs);
  const more = others.map(({ name }) => name);
  return writer.behind(layer, 'Concat', first, more, { axis: { int: layer.number('axis') } });
};

/** Layers that take any numbers. */
export const OTHER_LAYERS: Readonly<Record<string, WriteLayer>> = {
  Dropout: nothing,
  GaussianDropout: nothing,
  GaussianNoise: nothing,
  Activation: activation,
  Dense: dense,
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  LeakyReLU: leaky,
  PReLU: parametric,
  ReLU: rectified,
  Softmax: softmax,
  Flatten: flatten,
  Reshape: reshape,
  Permute: permute,
  Rescaling: rescaling,
  Add: joined('Add', asItIs),
  Multiply: joined('Mul', asItIs),
  Maximum: joined('Max', asItIs),
  Minimum: joined('Min', asItIs),
  Average: joined('Add', (sum, writer, layer, inputs) =>
    writer.behind(layer, 'Mul', sum, [writer.float(layer, 'share', 1 / inputs.length)]),
  ),
  Concatenate: concatenate,
};
