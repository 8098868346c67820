import { ONNX_TYPE, type OnnxAttribute, type OnnxNode, type OnnxTensor } from '../../onnx/messages';
import type { ExportedLayer, Shape } from '../exportedLayer';

/** What an operator gives: of pictures in ONNX' order of dimensions, or in that of TensorFlow. */
export interface WrittenValue {
  readonly name: string;
  /** For one picture, with the channels last whatever the order. */
  readonly shape: Shape;
  /** Whether the operator gives the channels before height and width. */
  readonly channelsFirst: boolean;
}

/** A setting of an operator; whole numbers and others are told apart. */
export type Setting =
  { readonly int: number } | { readonly float: number } | { readonly ints: readonly number[] };

/** ONNX' numbers for kinds of attributes. */
const [FLOAT, INT, INTS] = [1, 2, 7];

/** Operators of a graph as they are written, one layer after the other. */
export class GraphWriter {
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];

  /** @returns what the operator's answer is called */
  node(
    { name: layer }: ExportedLayer,
    opType: string,
    input: readonly string[],
    settings: Readonly<Record<string, Setting>> = {},
  ): string {
    const name = `${layer}/${opType}_${String(this.nodes.length)}`;
    const attribute = Object.entries(settings).map(([key, setting]) => attributeOf(key, setting));
    this.nodes.push({ name, opType, input, output: [name], attribute });
    return name;
  }

  /** @returns what the numbers are called */
  floats(
    { name: layer }: ExportedLayer,
    weight: string,
    dims: readonly number[],
    values: Float32Array,
  ): string {
    return this.tensor(`${layer}/${weight}`, ONNX_TYPE.float, dims, values);
  }

  /** One number. */
  float(layer: ExportedLayer, what: string, value: number): string {
    return this.floats(layer, what, [], Float32Array.of(value));
  }

  ints({ name: layer }: ExportedLayer, what: string, values: readonly number[]): string {
    const numbers = BigInt64Array.from(values, BigInt);
    return this.tensor(`${layer}/${what}`, ONNX_TYPE.int64, [values.length], numbers);
  }

  private tensor(
    what: string,
    dataType: number,
    dims: readonly number[],
    values: Float32Array | BigInt64Array,
  ): string {
    const name = `${what}_${String(this.tensors.length)}`;
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.tensors.push({ name, dims, dataType, rawData });
    return name;
  }

  /** The same picture with its channels before height and width, as ONNX' operators take it. */
  channelsFirst(layer: ExportedLayer, value: WrittenValue): WrittenValue {
    if (value.channelsFirst || value.shape.length !== 3) return value;
    const name = this.node(layer, 'Transpose', [value.name], { perm: { ints: [0, 3, 1, 2] } });
    return { ...value, name, channelsFirst: true };
  }

  /** The same numbers in the order in which TensorFlow has them. */
  channelsLast(layer: ExportedLayer, value: WrittenValue): WrittenValue {
    if (!value.channelsFirst) return value;
    const name = this.node(layer, 'Transpose', [value.name], { perm: { ints: [0, 2, 3, 1] } });
    return { ...value, name, channelsFirst: false };
  }

  /** An operator behind another one, whose answer has the same shape and order. */
  behind(
    layer: ExportedLayer,
    opType: string,
    value: WrittenValue,
    more: readonly string[] = [],
    settings: Readonly<Record<string, Setting>> = {},
  ): WrittenValue {
    return { ...value, name: this.node(layer, opType, [value.name, ...more], settings) };
  }
}

function attributeOf(name: string, setting: Setting): OnnxAttribute {
  if ('ints' in setting) return { name, type: INTS, ints: setting.ints };
  return 'int' in setting ? { name, type: INT, i: setting.int } : { name, type: FLOAT, f: setting.float };
}
