import { open } from 'node:fs/promises';
import path from 'node:path';
import protobuf from 'protobufjs/light';
import { ModelError } from '../../errors';
import { fromFloat16 } from '../../float16';
import { fileInside } from '../../layersFolder';
import { ONNX_TYPE, type OnnxTensor } from '../../onnx/messages';
import { elementsOf } from '../../weights';
import type { NumberBudget } from './numberBudget';

/** Numbers that a graph knows before it sees a picture. */
export interface Constant {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

type Decode = (bytes: ArrayBuffer) => ArrayLike<number>;
const RAW = new Map<number, { bytes: number; decode: Decode }>([
  [ONNX_TYPE.float, { bytes: 4, decode: (bytes) => new Float32Array(bytes) }],
  [ONNX_TYPE.double, { bytes: 8, decode: (bytes) => new Float64Array(bytes) }],
  [ONNX_TYPE.float16, { bytes: 2, decode: (bytes) => fromFloat16(new Uint16Array(bytes)) }],
  [ONNX_TYPE.int64, { bytes: 8, decode: (bytes) => Float64Array.from(new BigInt64Array(bytes), Number) }],
  [ONNX_TYPE.int32, { bytes: 4, decode: (bytes) => new Int32Array(bytes) }],
  [ONNX_TYPE.uint8, { bytes: 1, decode: (bytes) => new Uint8Array(bytes) }],
  [ONNX_TYPE.int8, { bytes: 1, decode: (bytes) => new Int8Array(bytes) }],
  [ONNX_TYPE.bool, { bytes: 1, decode: (bytes) => new Uint8Array(bytes) }],
]);

/**
 * The numbers of a tensor, which may lie in a file beside the model.
 *
 * @param folder where the model lies
 * @param budget of all tensors of the model
 * @throws ModelError where they are of a kind that Scrawl does not read, or not as many as the shape says
 */
export async function readTensor(
  tensor: OnnxTensor,
  folder: string,
  budget: NumberBudget,
): Promise<Constant> {
  const { name = '', dims = [], dataType = 0 } = tensor;
  const kind = RAW.get(dataType);
  if (!kind) {
    throw new ModelError(
      `The weights "${name}" are of a kind that Scrawl does not read: export the model as float32.`,
    );
  }
  const count = elementsOf(dims);
  budget.take((count * kind.bytes) / 4);
  const raw =
    tensor.dataLocation === 1 ? await externalBytes(tensor, folder, count * kind.bytes) : tensor.rawData;
  const values = raw?.length ? kind.decode(new Uint8Array(raw).buffer) : listed(tensor, count);
  if (values.length !== count)
    throw new ModelError(`The weights "${name}" are not whole: export the model again.`);
  return { shape: dims, values };
}

/** The numbers of a list that is packed: of fixed length, or of as many bytes as each needs. */
function listed(
  { dataType, floatData, int32Data, int64Data, doubleData }: OnnxTensor,
  count: number,
): ArrayLike<number> {
  if (floatData?.length) return new Float32Array(wholeOf(floatData, 4));
  if (doubleData?.length) return new Float64Array(wholeOf(doubleData, 8));
  const [packed, read] = int64Data?.length
    ? [int64Data, (reader: protobuf.Reader) => Number(reader.int64())]
    : [int32Data ?? new Uint8Array(), (reader: protobuf.Reader) => reader.int32()];
  const reader = protobuf.Reader.create(packed);
  const numbers = new Float64Array(count);
  let at = 0;
  for (; at < count && reader.pos < reader.len; at++) numbers[at] = read(reader);
  if (at < count || reader.pos < reader.len) return [];
  return dataType === ONNX_TYPE.float16 ? fromFloat16(Uint16Array.from(numbers)) : numbers;
}

/** A copy that begins where numbers can; without what is no whole number. */
function wholeOf(bytes: Uint8Array, size: number): ArrayBuffer {
  return new Uint8Array(bytes.subarray(0, bytes.length - (bytes.length % size))).buffer;
}

async function externalBytes(
  { externalData = [] }: OnnxTensor,
  folder: string,
  count: number,
): Promise<Uint8Array> {
  const entry = (key: string) => externalData.find((each) => each.key === key)?.value;
  const { file } = await fileInside(folder, entry('location') ?? '');
  const handle = await open(file);
  try {
    const bytes = new Uint8Array(count);
    const { bytesRead } = await handle.read(bytes, 0, count, Number(entry('offset') ?? 0));
    if (bytesRead === count) return bytes;
  } finally {
    await handle.close();
  }
  throw new ModelError(`${path.basename(file)} is shorter than the model says: copy it again.`);
}
