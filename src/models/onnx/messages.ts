import protobuf from 'protobufjs/light';
import { checkParts } from './checkParts';

/** The part of ONNX's messages that a network needs, by their numbers in the ONNX IR specification, version 13. */
const TYPES = {
  Model: {
    irVersion: ['int64', 1],
    producerName: ['string', 2],
    graph: ['Graph', 7],
    opsetImport: ['OperatorSet[]', 8],
    metadataProps: ['Entry[]', 14],
  },
  /** A model of which nothing else is read. */
  Metadata: { metadataProps: ['Entry[]', 14] },
  OperatorSet: { domain: ['string', 1], version: ['int64', 2] },
  Entry: { key: ['string', 1], value: ['string', 2] },
  Graph: {
    node: ['Node[]', 1],
    name: ['string', 2],
    initializer: ['Tensor[]', 5],
    input: ['ValueInfo[]', 11],
    output: ['ValueInfo[]', 12],
  },
  Node: {
    input: ['string[]', 1],
    output: ['string[]', 2],
    name: ['string', 3],
    opType: ['string', 4],
    attribute: ['Attribute[]', 5],
    domain: ['string', 7],
  },
  Attribute: {
    name: ['string', 1],
    f: ['float', 2],
    i: ['int64', 3],
    s: ['bytes', 4],
    t: ['Tensor', 5],
    floats: ['float[]', 7],
    ints: ['int64[]', 8],
    type: ['int32', 20],
  },
  Tensor: {
    dims: ['int64[]', 1],
    dataType: ['int32', 2],
    floatData: ['bytes', 4],
    int32Data: ['bytes', 5],
    int64Data: ['bytes', 7],
    name: ['string', 8],
    rawData: ['bytes', 9],
    doubleData: ['bytes', 10],
    externalData: ['Entry[]', 13],
    dataLocation: ['int32', 14],
  },
  ValueInfo: { name: ['string', 1], type: ['Type', 2] },
  Type: { tensorType: ['TensorType', 1] },
  TensorType: { elemType: ['int32', 1], shape: ['Shape', 2] },
  Shape: { dim: ['Dimension[]', 1] },
  Dimension: { dimValue: ['int64', 1], dimParam: ['string', 2] },
} satisfies Record<string, Record<string, [type: string, id: number]>>;

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(TYPES).map(([name, fields]) => [
      name,
      { fields: Object.fromEntries(Object.entries(fields).map(([field, each]) => [field, fieldJson(each)])) },
    ]),
  ),
});
const Model = root.lookupType('Model');
const Metadata = root.lookupType('Metadata');

function fieldJson([type = '', id = 0]: (string | number)[]) {
  const [, single, list] = /^(\w+)(\[\])?$/.exec(String(type)) ?? [];
  return { type: single ?? '', id: Number(id), ...(list && { rule: 'repeated' }) };
}

/** A named text, of metadata or of where values lie. */
export interface OnnxEntry {
  readonly key: string;
  readonly value: string;
}

/** The lists of numbers are packed, as ONNX has them, and stay so: unpacked they take many times the memory. */
export interface OnnxTensor {
  readonly name?: string;
  readonly dims?: readonly number[];
  readonly dataType?: number;
  readonly floatData?: Uint8Array;
  readonly int32Data?: Uint8Array;
  readonly int64Data?: Uint8Array;
  readonly doubleData?: Uint8Array;
  readonly rawData?: Uint8Array;
  readonly externalData?: readonly OnnxEntry[];
  /** 1 where the values lie in another file. */
  readonly dataLocation?: number;
}

export interface OnnxAttribute {
  readonly name: string;
  readonly type?: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly t?: OnnxTensor;
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
}

export interface OnnxNode {
  readonly name?: string;
  readonly opType: string;
  readonly domain?: string;
  readonly input?: readonly string[];
  readonly output?: readonly string[];
  readonly attribute?: readonly OnnxAttribute[];
}

export interface OnnxValueInfo {
  readonly name: string;
  readonly type?: {
    readonly tensorType?: {
      readonly elemType?: number;
      readonly shape?: {
        readonly dim?: readonly { readonly dimValue?: number; readonly dimParam?: string }[];
      };
    };
  };
}

export interface OnnxGraph {
  readonly name?: string;
  readonly node?: readonly OnnxNode[];
  readonly initializer?: readonly OnnxTensor[];
  readonly input?: readonly OnnxValueInfo[];
  readonly output?: readonly OnnxValueInfo[];
}

export interface OnnxModel {
  readonly irVersion?: number;
  readonly producerName?: string;
  readonly opsetImport?: readonly { readonly domain?: string; readonly version?: number }[];
  readonly graph?: OnnxGraph;
  readonly metadataProps?: readonly OnnxEntry[];
}

/** Kinds of numbers, as ONNX counts them. */
export const ONNX_TYPE = {
  float: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  double: 11,
} as const;

/** @throws Error where the bytes are no ONNX model, or one of more parts than any */
export function decodeOnnx(bytes: Uint8Array): OnnxModel {
  checkParts(bytes, TYPES);
  return Model.toObject(Model.decode(bytes), { longs: Number });
}

/** The texts that a model says of itself, its layers passed over. @throws Error where the bytes are no ONNX model */
export function decodeOnnxMetadata(bytes: Uint8Array): readonly OnnxEntry[] {
  checkParts(bytes, TYPES);
  return (Metadata.toObject(Metadata.decode(bytes)) as Pick<OnnxModel, 'metadataProps'>).metadataProps ?? [];
}

export function encodeOnnx(model: OnnxModel): Uint8Array {
  return Model.encode(Model.fromObject(model)).finish();
}
