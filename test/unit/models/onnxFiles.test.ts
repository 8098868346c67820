import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeOnnx, encodeOnnx, type OnnxModel, type OnnxNode } from '../../../src/models/onnx/messages';
import { answersIn, FIXTURES, ForeignModels, near } from './foreignFiles';

describe('files of ONNX', () => {
  const models = new ForeignModels();

  it('answer as onnxruntime does, whoever exported them', async () => {
    const answers = await answersIn('onnx.json');
    assert.equal(answers.length, 8);
    for (const [name, wanted] of answers) near(await models.answer(path.join(FIXTURES, name)), wanted, name);
  });

  /** The same model, changed. */
  async function changed(name: string, change: (model: OnnxModel) => OnnxModel): Promise<string> {
    const file = path.join(models.folder, name);
    await writeFile(file, encodeOnnx(change(decodeOnnx(await readFile(path.join(FIXTURES, name))))));
    return file;
  }

  const withNodes = (change: (node: OnnxNode) => OnnxNode) =>
    changed('lenet.onnx', (model) => ({
      ...model,
      graph: { ...model.graph, node: model.graph?.node?.map(change) ?? [] },
    }));

  it('are written again as they were read', async () => {
    const wanted = await models.answer(path.join(FIXTURES, 'lenet.onnx'));
    near(await models.answer(await changed('lenet.onnx', (model) => model)), wanted);
  });

  it('are refused with the name of the operator, and what to do', async () => {
    const renamed = (from: string, to: Partial<OnnxNode>) =>
      withNodes((node) => (node.opType === from ? { ...node, ...to } : node));
    await models.refused(
      await renamed('MaxPool', { opType: 'Einsum', name: '/pool' }),
      /^The operator Einsum \("\/pool"\) is none that Scrawl has a layer for: leave it out/,
    );
    await models.refused(await renamed('MaxPool', { opType: 'constructor' }), /operator constructor \(/);
    await models.refused(await renamed('Relu', { opType: 'QLinearConv' }), /quantized model: export/);
    await models.refused(await renamed('Relu', { domain: 'com.example' }), /operator Relu \(/);
    await models.refused(await renamed('Gemm', { input: ['nowhere', 'a'] }), /Gemm .*takes what no operator/);
    const ceiled = { name: 'ceil_mode', type: 2, i: 1 };
    await models.refused(
      await withNodes((node) =>
        node.opType === 'MaxPool'
          ? {
              ...node,
              attribute: [
                { name: 'kernel_shape', type: 7, ints: [5, 5] },
                { name: 'strides', type: 7, ints: [2, 2] },
                ceiled,
              ],
            }
          : node,
      ),
      /ceil_mode=False/,
    );
  });

  it('are refused where their input, weights or bytes are of no model', async () => {
    await models.refused(
      await changed('lenet.onnx', ({ graph, ...model }) => ({
        ...model,
        graph: {
          ...graph,
          input: [
            {
              name: 'x',
              type: { tensorType: { elemType: 1, shape: { dim: [{}, { dimValue: 1 }, {}, {}] } } },
            },
          ],
        },
      })),
      /does not say the size of its picture.*1x1x28x28/,
    );
    const bytes = await readFile(path.join(FIXTURES, 'lenet.onnx'));
    const half = path.join(models.folder, 'half.onnx');
    await writeFile(half, bytes.subarray(0, 3000));
    await models.refused(
      half,
      /half\.onnx is no model of TensorFlow\.js, Keras or ONNX: choose another file/,
    );
    await models.refused(
      await changed('mlp.onnx', (model) => model),
      /has no mlp\.onnx\.data: copy all its files/,
    );
    const huge = { name: 'huge', dims: [2 ** 20, 2 ** 10], dataType: 1, rawData: new Uint8Array(4) };
    await models.refused(
      await changed('lenet.onnx', ({ graph, ...model }) => ({
        ...model,
        graph: { ...graph, initializer: [...(graph?.initializer ?? []), huge] },
      })),
      /more than 12 million weights/,
    );
  });

  it('are refused where a few bytes ask for the same numbers again and again, or stand for more parts than any', async () => {
    const numbers = { name: 'w', dims: [1024, 1024], dataType: 1, rawData: new Uint8Array(2 ** 22) };
    const chain = (opType: string, first: string, more: string[]): OnnxNode[] =>
      Array.from({ length: 40 }, (_, at) => ({
        opType,
        input: [at === 0 ? first : `v${String(at - 1)}`, ...more],
        output: [`v${String(at)}`],
      }));
    const doubling = chain('Concat', 'list', []).map((node) => ({
      ...node,
      input: [...(node.input ?? []), ...(node.input ?? [])],
      attribute: [{ name: 'axis', type: 2, i: 0 }],
    }));
    const list = { name: 'list', dims: [1024], dataType: 1, rawData: new Uint8Array(4096) };
    for (const node of [chain('Transpose', 'w', []), doubling]) {
      const file = await changed('lenet.onnx', ({ graph, ...model }) => ({
        ...model,
        graph: { ...graph, node, initializer: [numbers, list] },
      }));
      await models.refused(file, /more than 12 million weights/);
    }
    const parts = path.join(models.folder, 'parts.onnx');
    const empty = Buffer.alloc(2_100_000, Buffer.from([0x0a, 0x00]));
    // field 7, and its length in seven bits a byte
    const head = [0x3a, 0x80 | (empty.length & 127), 0x80 | ((empty.length >> 7) & 127)];
    head.push(0x80 | ((empty.length >> 14) & 127), empty.length >> 21);
    await writeFile(parts, Buffer.concat([Buffer.from(head), empty]));
    await models.refused(parts, /parts\.onnx is no model/);
  });

  it('have numbers in any of the lists that ONNX has for them', async () => {
    const wanted = await models.answer(path.join(FIXTURES, 'lenet.onnx'));
    const listed = await changed('lenet.onnx', ({ graph, ...model }) => ({
      ...model,
      graph: {
        ...graph,
        initializer: (graph?.initializer ?? []).map(({ rawData = new Uint8Array(), ...tensor }) =>
          tensor.dataType === 1 ? { ...tensor, floatData: rawData } : { ...tensor, rawData },
        ),
      },
    }));
    near(await models.answer(listed), wanted);
  });
});
