import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { importModel } from '../../../src/engine/models/importModel';
import { saveModel } from '../../../src/engine/models/layersModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import { unsmoothed } from '../../../src/engine/models/unsmooth';
import { buildModel } from '../../../src/engine/training/buildModel';
import { classesBeside } from '../../../src/models/classesBeside';
import { ModelError } from '../../../src/models/errors';
import { exportModel } from '../../../src/models/export/exportModel';
import { exportName, formatFor } from '../../../src/models/export/formats';
import { ModelStore, type WholeModel } from '../../../src/models/modelStore';
import { decodeOnnx } from '../../../src/models/onnx/messages';
import { layerSchema, type Layer } from '../../../src/networks/network';
import { verify } from '../../../src/networks/verify';
import { near, PIXELS } from './foreignFiles';
import { shake } from './shake';
import { tinyModel } from './tinyModel';

const FORMATS = ['onnx', 'keras-file'] as const;
/** Where test/reference/exportedFiles.py finds the files and what they shall answer. */
const KEPT = process.env['SCRAWL_EXPORTS'];
/** Classes with all that may be lost on the way. */
const CLASSES = ['"', '\\', 'é', '👍🏽', 'two words', '{'];

const same = { padding: 'same' } as const;
const conv = (filters: number, more: object = {}): Layer => ({
  type: 'conv2d',
  filters,
  kernelSize: [3, 5],
  ...more,
});

/** Networks in which every layer stands that a network file knows, before and behind others. */
const NETWORKS: Readonly<Record<string, readonly Layer[]>> = {
  convolutions: [
    conv(3, { strides: 2, ...same, activation: 'relu6' }),
    { type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2, activation: 'elu', ...same },
    { type: 'separableConv2d', filters: 4, kernelSize: [3, 2], strides: 2, useBias: false },
    conv(2, { useBias: false, activation: 'softplus' }),
  ],
  'one channel by itself': [{ type: 'depthwiseConv2d', kernelSize: 3, strides: 3, useBias: false }, conv(1)],
  poolings: [
    conv(4, { activation: 'tanh' }),
    { type: 'maxPooling2d', poolSize: 3, strides: 2, ...same },
    { type: 'averagePooling2d', poolSize: 3, strides: 2, ...same },
    { type: 'zeroPadding2d', padding: [1, 2] },
    { type: 'maxPooling2d', poolSize: 2 },
    { type: 'averagePooling2d' },
    { type: 'flatten' },
  ],
  'normalizations of pictures': [
    conv(4, { strides: 3 }),
    { type: 'batchNormalization', epsilon: 0.01 },
    { type: 'leakyReLU', alpha: 0.2 },
    { type: 'layerNormalization' },
    { type: 'prelu' },
    conv(3, { strides: 2, activation: 'selu' }),
    { type: 'prelu' },
    { type: 'dropout', rate: 0.3 },
    { type: 'globalAveragePooling2d' },
    { type: 'layerNormalization', epsilon: 0.1 },
  ],
  'normalizations of lists': [
    conv(4, { strides: 4 }),
    { type: 'globalMaxPooling2d' },
    { type: 'batchNormalization' },
    { type: 'prelu' },
    { type: 'dense', units: 6, activation: 'sigmoid' },
    { type: 'layerNormalization' },
    { type: 'dense', units: 5, useBias: false },
    { type: 'leakyReLU' },
  ],
  'dense layers on pictures': [
    conv(4, { strides: 4 }),
    { type: 'dense', units: 3, activation: 'relu' },
    { type: 'activation', activation: 'softmax' },
    conv(3, { activation: 'softmax' }),
    { type: 'dense', units: 2, useBias: false },
    { type: 'batchNormalization' },
  ],
};

describe('exported files', () => {
  let folder: string;
  let store: ModelStore;
  before(() => startWasm());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    store = new ModelStore(folder, path.join('media', 'models', 'characters'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function modelOf(layers: readonly Layer[], name = 'm'): Promise<WholeModel> {
    const network = { name, input: [28, 28, 1] as [number, number, number], layers: [...layers] };
    assert.equal(verify(network).problem, undefined);
    const built = buildModel(network, CLASSES.length, 3);
    shake(built, 3);
    const { card } = tinyModel(name, { classes: CLASSES });
    return store.add(name, (target) => saveModel(target, { card, layers: built }));
  }

  async function answer(model: WholeModel): Promise<number[]> {
    const loaded = await loadModel(model.folder);
    // a file holds the network alone, which nothing is turned for
    const once = loaded.once ?? loaded;
    const found = [...(await once.probabilities({ pixels: PIXELS, count: 1, height: 28, width: 28 }))];
    loaded.dispose();
    return found;
  }

  /** The file of the model, and what it answers once it is imported again. */
  async function back(model: WholeModel, format: (typeof FORMATS)[number]) {
    const file = path.join(folder, 'out', exportName(model.id, format, false));
    await exportModel(model, format, file);
    const classes = await classesBeside(file);
    assert.deepEqual(classes, model.card.classes);
    if (KEPT !== undefined) {
      const kept = `${model.name.replaceAll(/\W/g, '-')}${path.extname(file)}`;
      await mkdir(KEPT, { recursive: true });
      await copyFile(file, path.join(KEPT, kept));
      await writeFile(path.join(KEPT, `${kept}.json`), JSON.stringify(await answer(model)));
    }
    return { file, answer: await answer(await importModel(store, file, { name: format, classes })) };
  }

  for (const [name, layers] of Object.entries(NETWORKS)) {
    it(`answer as the model does: ${name}`, async () => {
      const model = await modelOf(layers, name);
      const wanted = await answer(model);
      // an answer that says nothing would be equal to any other
      assert.ok(Math.max(...wanted) - Math.min(...wanted) > 0.01, wanted.join());
      for (const format of FORMATS) near((await back(model, format)).answer, wanted, format);
    });
  }

  it('have every layer that a network file knows', () => {
    const tried = new Set(Object.values(NETWORKS).flatMap((layers) => layers.map(({ type }) => type)));
    assert.deepEqual([...tried].sort(), layerSchema.options.map(({ shape }) => shape.type.value).sort());
  });

  it('answer as the bundled model does, and name its classes', async () => {
    const bundled = await store.get('bundled');
    const { smoothing = 0 } = bundled.card.calibration ?? {};
    const wanted = await answer(bundled);
    for (const format of FORMATS) {
      const { file, answer: found } = await back(bundled, format);
      // the file holds the network alone, whose labels were smoothed; that the card undoes it is Scrawl's own
      near([...unsmoothed(Float32Array.from(found), found.length, smoothing)], wanted, format);
      await assert.rejects(exportModel(bundled, format, file), /there already/);
    }
    assert.deepEqual((await readdir(path.join(folder, 'out'))).sort(), ['bundled.keras', 'bundled.onnx']);
  });

  it('answer as a model that was imported does, whatever stood in front of it', async () => {
    const fixtures = path.join('test', 'fixtures', 'models');
    for (const name of [
      'graph.keras',
      'nested.keras',
      'normalized.keras',
      'color.keras',
      'block.onnx',
      'mlp.onnx',
      'normalized.onnx',
      'grouped.onnx',
      'enlarged.onnx',
    ]) {
      const classes = ['A', 'B', 'C'];
      const model = await importModel(store, path.join(fixtures, name), { name, classes });
      const wanted = await answer(model);
      for (const format of FORMATS) near((await back(model, format)).answer, wanted, `${name} ${format}`);
      await rm(path.join(folder, 'out'), { recursive: true });
    }
  });

  it('of an ensemble are one a member', async () => {
    for (const seed of [1, 2]) {
      const { card, layers } = tinyModel(`m${String(seed)}`, { seed });
      await store.add(card.name, (target) => saveModel(target, { card, layers }));
    }
    const ensemble = await store.addEnsemble('both', ['m1', 'm2'], 'average');
    assert.equal(exportName('both', 'onnx', true), 'both-onnx');
    const out = path.join(folder, 'both-onnx');
    await exportModel(ensemble, 'onnx', out);
    const files = (await readdir(out, { recursive: true })).filter((name) => name.endsWith('.onnx'));
    assert.equal(files.length, 2);
    assert.deepEqual(await classesBeside(path.join(out, files[0] ?? '')), ['A', 'B', 'C']);
  });

  it('say which layer they cannot hold, and what to do', async () => {
    const { layers, card } = tinyModel('m');
    const topology = layers.toJSON(null, false) as {
      config: { layers: { class_name: string; config: object }[] };
    };
    const model = await store.add('m', (target) => saveModel(target, { card, layers }));
    const change = async (edit: (layer: { class_name: string; config: object }) => void) => {
      const file = path.join(model.folder, 'model.json');
      const json = JSON.parse(await readFile(file, 'utf8')) as { modelTopology: typeof topology };
      json.modelTopology = structuredClone(topology);
      json.modelTopology.config.layers.forEach(edit);
      await writeFile(file, JSON.stringify(json));
    };
    const sentence = (format: string, what: RegExp) => (error: unknown) => {
      assert.ok(error instanceof ModelError);
      assert.match(error.message, what);
      assert.match(
        error.message,
        new RegExp(`^The layer "conv2d_1" [^\\n]* to ${format}: export the model as TensorFlow.js`),
      );
      return true;
    };
    const names = { onnx: 'ONNX', 'keras-file': 'Keras' };
    for (const format of FORMATS) {
      const out = path.join(folder, `x.${format}`);
      await change((layer) => layer.class_name === 'Conv2D' && (layer.class_name = 'ConvLSTM2D'));
      await assert.rejects(
        exportModel(model, format, out),
        sentence(names[format], /\(ConvLSTM2D\) is what/),
      );
      await change(
        (layer) => layer.class_name === 'Conv2D' && Object.assign(layer.config, { activation: 'gelu' }),
      );
      await assert.rejects(exportModel(model, format, out), sentence(names[format], /the activation gelu/));
    }
    assert.deepEqual((await readdir(folder)).sort(), ['models']);
  });

  it('say how many pictures, and of which size, they take', async () => {
    const { file } = await back(await modelOf([conv(2)], 'a model'), 'onnx');
    const { graph } = decodeOnnx(await readFile(file));
    assert.deepEqual(graph?.input?.[0]?.type?.tensorType?.shape?.dim, [
      { dimParam: 'pictures' },
      { dimValue: 1 },
      { dimValue: 28 },
      { dimValue: 28 },
    ]);
    assert.deepEqual(graph.output?.[0]?.name, 'probabilities');
  });

  it('are what the name of the file says, where nothing else does', () => {
    assert.equal(formatFor(undefined, 'a/b.onnx'), 'onnx');
    assert.equal(formatFor(undefined, 'b.KERAS'), 'keras-file');
    assert.equal(formatFor('keras', 'b.keras'), 'keras-file');
    assert.equal(formatFor('keras', 'b'), 'keras');
    assert.equal(formatFor(undefined, 'b'), undefined);
  });
});
