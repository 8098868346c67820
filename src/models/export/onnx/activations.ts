import type { ExportedLayer } from '../exportedLayer';
import type { GraphWriter, WrittenValue } from './graphWriter';

/** Operators that are an activation by themselves. */
const OPERATORS = new Map([
  ['relu', 'Relu'],
  ['elu', 'Elu'],
  ['selu', 'Selu'],
  ['sigmoid', 'Sigmoid'],
  ['tanh', 'Tanh'],
  ['softplus', 'Softplus'],
  ['softsign', 'Softsign'],
]);
const MOST_OF_RELU6 = 6;
/** The slope and the offset of Keras 2, which TensorFlow.js has. */
const HARD_SIGMOID = { alpha: { float: 0.2 }, beta: { float: 0.5 } };

/**
 * What a layer does to its numbers at last.
 *
 * @throws ModelError where ONNX has no such activation
 */
export function activated(writer: GraphWriter, layer: ExportedLayer, value: WrittenValue): WrittenValue {
  const { activation } = layer;
  const operator = OPERATORS.get(activation);
  if (operator !== undefined) return writer.behind(layer, operator, value);
  switch (activation) {
    case 'linear':
      return value;
    case 'relu6':
      return clipped(writer, layer, value, 0, MOST_OF_RELU6);
    case 'softmax':
      return writer.behind(layer, 'Softmax', value, [], { axis: { int: value.channelsFirst ? 1 : -1 } });
    case 'hardSigmoid':
      return writer.behind(layer, 'HardSigmoid', value, [], HARD_SIGMOID);
    case 'swish': {
      const gate = writer.behind(layer, 'Sigmoid', value);
      return writer.behind(layer, 'Mul', value, [gate.name]);
    }
    default:
      throw layer.unsupported(`has the activation ${activation}, which is`);
  }
}

/** The numbers held within bounds, of which the upper may be left out. */
export function clipped(
  writer: GraphWriter,
  layer: ExportedLayer,
  value: WrittenValue,
  least: number,
  most: number | undefined,
): WrittenValue {
  const bounds = [writer.float(layer, 'least', least)];
  if (most !== undefined) bounds.push(writer.float(layer, 'most', most));
  return writer.behind(layer, 'Clip', value, bounds);
}
