import { randomUUID } from 'node:crypto';
import { encodeOnnx, type OnnxGraph, type OnnxNode, type OnnxTensor } from '../../src/models/onnx/messages';
import { writeHdf5 } from '../../src/models/export/keras/writeHdf5';
import { zipOf } from '../unit/datasets/import/temporary';

const CLASSES = 3;
const FLOATS = 1;
const INTEGERS = 7;
const SHAPE = [1, 1, 28, 28].map((dimValue) => ({ dimValue }));
const MILLION = 2 ** 20;
const mib = (count: number, fill: number | string = 0) => Buffer.alloc(count * MILLION, fill);

/** An ONNX file of one picture. */
function onnx(graph: OnnxGraph): Buffer {
  return Buffer.from(
    encodeOnnx({
      irVersion: 8,
      opsetImport: [{ domain: '', version: 17 }],
      graph: {
        input: [{ name: 'x', type: { tensorType: { elemType: FLOATS, shape: { dim: SHAPE } } } }],
        output: [{ name: 'y' }],
        ...graph,
      },
    }),
  );
}

const node = (opType: string, input: string[], output: string, more: Partial<OnnxNode> = {}): OnnxNode => ({
  opType,
  input,
  output: [output],
  ...more,
});

/** A chain of the same operator, each taking what the one before it gives. */
const chain = (length: number, opType: string, more: readonly string[], first = 'x'): OnnxNode[] =>
  Array.from({ length }, (_, at) =>
    node(opType, [at === 0 ? first : `v${String(at - 1)}`, ...more], `v${String(at)}`),
  );

const zeros = (name: string, dims: number[]): OnnxTensor => ({
  name,
  dims,
  dataType: FLOATS,
  rawData: Buffer.alloc(4 * dims.reduce((product, size) => product * size, 1)),
});

/** A length-delimited field of protobuf, by hand. */
function field(id: number, content: Buffer): Buffer {
  const head: number[] = [(id << 3) | 2];
  for (let length = content.length; ; length = Math.floor(length / 128)) {
    head.push((length % 128) + (length >= 128 ? 128 : 0));
    if (length < 128) break;
  }
  return Buffer.concat([Buffer.from(head), content]);
}

const GRAPH = 7;

function onnxFiles(): Record<string, Buffer> {
  const deep = Array.from({ length: 40 }, (_, at) =>
    node('Concat', [`v${String(at - 1)}`, `v${String(at - 1)}`], `v${String(at)}`, {
      attribute: [{ name: 'axis', type: 2, i: 0 }],
    }),
  );
  return {
    'ONNX of 45 million empty operators': field(GRAPH, Buffer.alloc(90 * MILLION, Buffer.from([0x0a, 0x00]))),
    'ONNX with a list of 90 million numbers in an attribute': field(
      GRAPH,
      field(1, field(5, field(8, mib(90, 1)))),
    ),
    'ONNX with a tensor of 90 million packed numbers': field(
      GRAPH,
      field(5, Buffer.concat([Buffer.from([8, 90, 16, INTEGERS]), field(7, mib(90, 1))])),
    ),
    'ONNX with a name of 90 MB': field(GRAPH, field(2, mib(90, 'a'))),
    'ONNX that doubles a list forty times': onnx({
      node: [...deep, node('Add', ['x', 'v39'], 'y')],
      initializer: [zeros('v-1', [1024])],
    }),
    'ONNX whose 5,000 layers take the same weights': onnx({
      node: [node('Flatten', ['x'], 'f'), ...chain(5000, 'MatMul', ['w'], 'f')],
      initializer: [zeros('w', [784, 784])],
    }),
    'ONNX that turns the same weights 5,000 times': onnx({
      node: chain(5000, 'Transpose', [], 'w'),
      initializer: [zeros('w', [4096, 4096])],
    }),
    'ONNX of 10,000 operators': onnx({ node: [...chain(9999, 'Relu', []), node('Flatten', ['v9998'], 'y')] }),
    'ONNX with a convolution of 1,024 groups': onnx({
      node: [
        node('Conv', ['x', 'a'], 'c'),
        node('Conv', ['c', 'b'], 'y', { attribute: [{ name: 'group', type: 2, i: 1024 }] }),
      ],
      initializer: [zeros('a', [8192, 1, 1, 1]), zeros('b', [8192, 8, 5, 5])],
    }),
    'ONNX that makes a picture 100,000 times as large': onnx({
      node: [
        node('ConvTranspose', ['x', 'w'], 'y', {
          attribute: [{ name: 'strides', type: 7, ints: [1e5, 1e5] }],
        }),
      ],
      initializer: [zeros('w', [1, 1, 1, 1])],
    }),
  };
}

/** Layers of a picture, as `model_config` of an HDF5 file has them. */
const dense = (units: number, name = 'd') => ({
  class_name: 'Dense',
  config: { name, units, activation: 'softmax' },
});
const config = (...layers: object[]) =>
  JSON.stringify({
    class_name: 'Sequential',
    config: {
      name: 's',
      layers: [
        { class_name: 'InputLayer', config: { batch_input_shape: [null, 28, 28, 1], name: 'in' } },
        { class_name: 'Flatten', config: { name: 'f' } },
        ...layers,
      ],
    },
  });

type Hdf5File = InstanceType<Awaited<typeof import('h5wasm')>['File']>;

/** An HDF5 file in memory. */
async function hdf5(fill: (file: Hdf5File) => void): Promise<Buffer> {
  const { File, ready } = await import('h5wasm');
  const { FS } = await ready;
  const name = `/${randomUUID()}`;
  const file = new File(name, 'w');
  fill(file);
  file.close();
  const bytes = Buffer.from(FS.readFile(name));
  FS.unlink(name);
  return bytes;
}

async function kerasFiles(): Promise<Record<string, Buffer>> {
  const numbers = new Float32Array(11 * MILLION);
  const packed = { chunks: [MILLION], compression: 9, dtype: '<f4' };
  const small = await writeHdf5([{ name: 'layers/dense/vars/0', shape: [1], values: new Float32Array(1) }]);
  return {
    'HDF5 that unpacks to 11 million weights': await hdf5((file) => {
      file.create_attribute('model_config', config(dense(CLASSES)));
      file.create_group('model_weights');
      file.create_dataset({ name: 'model_weights/d', data: numbers, shape: [numbers.length], ...packed });
    }),
    'HDF5 with ten arrays of 11 million weights': await hdf5((file) => {
      file.create_attribute('model_config', config(dense(CLASSES)));
      file.create_group('model_weights');
      file.create_dataset({ name: 'model_weights/d0', data: numbers, shape: [numbers.length], ...packed });
      for (let at = 1; at < 10; at++)
        file.create_hard_link('/model_weights/d0', `/model_weights/d${String(at)}`);
    }),
    'HDF5 with an array of a trillion numbers': await hdf5((file) => {
      file.create_attribute('model_config', config(dense(CLASSES)));
      file.create_group('model_weights');
      file
        .create_dataset({
          name: 'model_weights/d',
          data: new Float32Array(4),
          shape: [2, 2],
          maxshape: [null, null],
          chunks: [2, 2],
          dtype: '<f4',
        })
        .resize([MILLION, MILLION]);
    }),
    'HDF5 with a group in itself': await hdf5((file) => {
      file.create_attribute('model_config', config(dense(CLASSES)));
      file.create_group('model_weights');
      for (let at = 0; at < 8; at++) file.create_hard_link('/', `/model_weights/r${String(at)}`);
    }),
    'HDF5 of 60,000 groups': await hdf5((file) => {
      for (let at = 0; at < 60_000; at++) file.create_group(`g${String(at)}`);
    }),
    'a .keras file whose description unpacks to 90 MB': await zipOf({
      'config.json': mib(90, ' '),
      'model.weights.h5': Buffer.from(small),
    }),
    'a .keras file whose weights unpack to 90 MB of zeros': await zipOf({
      'config.json': Buffer.from(config(dense(CLASSES))),
      'model.weights.h5': mib(90),
    }),
    'a .keras file of 9,000 layers': await zipOf({
      'config.json': Buffer.from(
        config(...Array.from({ length: 9000 }, (_, at) => dense(1, `d${String(at)}`))),
      ),
      'model.weights.h5': Buffer.from(small),
    }),
    'a .keras file with lists in lists': await zipOf({
      'config.json': Buffer.from(
        `{"class_name":"Sequential","config":{"layers":${'['.repeat(1_900_000)}${']'.repeat(1_900_000)}}}`,
      ),
      'model.weights.h5': Buffer.from(small),
    }),
  };
}

/** Models that are made to take all memory or time. */
export async function hostileModels(): Promise<Record<string, Buffer>> {
  return { ...onnxFiles(), ...(await kerasFiles()) };
}
