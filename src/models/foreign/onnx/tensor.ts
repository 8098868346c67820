import { open } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../../errors';
import { fromFloat16 } from '../../float16';
import { fileInside } from '../../layersFolder';
import { ONNX_TYPE, type OnnxTensor } from '../../onnx/messages';
import { elementsOf } from '../../weights';
import { MOST_NUMBERS } from '../bounds';

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
 * @throws ModelError where they are of a kind that Scrawl does not read, or not as many as the shape says
 */
export async function readTensor(tensor: OnnxTensor, folder: string): Promise<Constant> {
  const { name = '', dims = [], dataType = 0 } = tensor;
  const kind = RAW.get(dataType);
  if (!kind) {
    throw new ModelError(
      `The weights "${name}" are of a kind that Scrawl does not read: export the model as float32.`,
    );
  }
  const count = elementsOf(dims);
  if (!(count >= 0 && count <= MOST_NUMBERS)) {
    throw new ModelError(`The weights "${name}" are more than any model's: take a smaller model.`);
  }
  const raw =
    tensor.dataLocation === 1 ? await externalBytes(tensor, folder, count * kind.bytes) : tensor.rawData;
  const values = raw?.length ? kind.decode(new Uint8Array(raw).buffer) : listed(tensor);
  if (values.length !== count)
    throw new ModelError(`The weights "${name}" are not whole: export the model again.`);
  return { shape: dims, values };
}

function listed({ dataType, floatData, int32Data, int64Data, doubleData }: OnnxTensor): ArrayLike<number> {
  if (dataType === ONNX_TYPE.float16) return fromFloat16(Uint16Array.from(int32Data ?? []));
  return floatData ?? int64Data ?? int32Data ?? doubleData ?? [];
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
