import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-layers';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { importAnyModel } from '../../../src/engine/models/importAnyModel';
import { importModel } from '../../../src/engine/models/importModel';
import { loadNetworkModel, makeLayers, saveModel } from '../../../src/engine/models/layersModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import type { LoadedModel } from '../../../src/engine/models/loadedModel';
import { classesBeside } from '../../../src/models/classesBeside';
import { classesOfText, readClassesFile } from '../../../src/models/classNames';
import { loadLineModel } from '../../../src/engine/recognition/lineModel';
import { ModelError } from '../../../src/models/errors';
import { exportModel } from '../../../src/models/export/exportModel';
import { fromFloat16, toFloat16 } from '../../../src/models/float16';
import { readLayersFolder } from '../../../src/models/layersFolder';
import { ModelStore } from '../../../src/models/modelStore';
import { storeLineModel } from '../lineEvaluations';
import { tinyModel } from './tinyModel';

const CLASSES = ['A', 'B', 'C'];
const PIXELS = Uint8Array.from({ length: 784 }, (_, at) => (at * 7) % 256);
const ask = (model: LoadedModel) => model.probabilities({ pixels: PIXELS, count: 1, height: 28, width: 28 });
const says = (sentence: RegExp) => (error: unknown) =>
  error instanceof ModelError && sentence.test(error.message) && /^[^\n]+\.$/.test(error.message);

interface ModelJson {
  format?: string;
  modelTopology: Record<string, unknown>;
  weightsManifest: { paths: string[]; weights: Record<string, unknown>[] }[];
}

describe('models from and for other programs', () => {
  let folder: string;
  let store: ModelStore;
  /** A TensorFlow.js folder to be spoilt. */
  let source: string;
  before(() => startWasm());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    store = new ModelStore(folder, path.join('media', 'models', 'characters'));
    source = path.join(folder, 'source');
    await saveModel(source, tinyModel('source'));
    await rm(path.join(source, 'card.json'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const file = (name: string) => path.join(source, name);
  const changed = async (change: (json: ModelJson) => unknown) => {
    const json = JSON.parse(await readFile(file('model.json'), 'utf8')) as ModelJson;
    change(json);
    await writeFile(file('model.json'), JSON.stringify(json));
  };
  const taken = (classes = CLASSES) => importModel(store, source, { name: 'taken', classes });
  const refused = async (sentence: RegExp, classes?: string[]) => {
    await assert.rejects(taken(classes), says(sentence), String(sentence));
    assert.deepEqual(
      (await store.list()).map(({ id }) => id),
      ['bundled', 'lines', 'symbols'],
    );
  };

  it('gives the same answers after an export and an import', async () => {
    const model = await store.add('mine', (target) => saveModel(target, tinyModel('mine'), 'float16'));
    for (const format of ['tfjs', 'keras'] as const) {
      const out = path.join(folder, format);
      await exportModel(model, format, out);
      assert.deepEqual(await classesBeside(out), CLASSES);
      const back = await importModel(store, out, { name: format, classes: CLASSES });
      assert.deepEqual(await ask(await loadModel(back.folder)), await ask(await loadModel(model.folder)));
      await assert.rejects(exportModel(model, format, out), says(/there already/));
    }
    assert.deepEqual((await readdir(folder)).sort(), ['keras', 'models', 'source', 'tfjs']);
  });

  it('of lines read the same after an export and an import', async () => {
    const lines = await store.getLines(await storeLineModel(folder, 'Tiny'));
    const ink = [Array.from({ length: 50 }, (_, i) => [3 * i, 40 * Math.sin(i / 3)] as const)];
    const read = async (place: string) => {
      const model = await loadLineModel(place);
      const { logProbabilities } = await model.logProbabilities(ink);
      model.dispose();
      return logProbabilities;
    };
    const before = await read(lines.folder);
    for (const format of ['tfjs', 'keras'] as const) {
      const out = path.join(folder, format);
      await exportModel(lines, format, out);
      assert.deepEqual((await readdir(out)).sort(), ['card.json', 'model.json', 'weights.bin']);
      const classes = await classesBeside(out);
      assert.deepEqual(classes, lines.lines.classes);
      const back = await importAnyModel(store, path.join(out, 'model.json'), { name: format, classes });
      assert.equal(back.lines?.name, format);
      assert.deepEqual(await read(back.folder), before);
    }
    const keras = path.join(folder, 'keras');
    const json = JSON.parse(await readFile(path.join(keras, 'model.json'), 'utf8')) as ModelJson;
    const names = json.weightsManifest[0]?.weights.map(({ name }) => name);
    assert.deepEqual(names, ['conv1d/kernel', 'conv1d/bias', 'conv1d_1/kernel', 'conv1d_1/bias']);
    const card = JSON.parse(await readFile(path.join(keras, 'card.json'), 'utf8')) as { classes: string[] };
    await writeFile(path.join(keras, 'card.json'), JSON.stringify({ ...card, classes: ['a', 'b'] }));
    await assert.rejects(
      importAnyModel(store, keras, { name: 'wrong', classes: ['a', 'b'] }),
      says(/not those of its card's network/),
    );
  });

  it('names layers and weights as Keras does', async () => {
    const layers = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 2, kernelSize: 3, strides: 3 }),
        tf.layers.batchNormalization(),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.conv2d({ filters: 2, kernelSize: 3 }),
        tf.layers.leakyReLU(),
        tf.layers.flatten(),
        tf.layers.dense({ units: 3, activation: 'softmax' }),
      ],
    });
    const { card } = tinyModel('named');
    const model = await store.add('named', (target) => saveModel(target, { card, layers }));
    await exportModel(model, 'keras', path.join(folder, 'out'));
    const json = JSON.parse(await readFile(path.join(folder, 'out', 'model.json'), 'utf8')) as {
      modelTopology: { model_config: { config: { layers: { config: { name: string } }[] } } };
      weightsManifest: { weights: { name: string; dtype: string }[] }[];
    };
    assert.deepEqual(
      json.modelTopology.model_config.config.layers
        .map(({ config }) => config.name)
        .filter((name) => name !== 'input_1'),
      ['conv2d', 'batch_normalization', 'max_pooling2d', 'conv2d_1', 'leaky_re_lu', 'flatten', 'dense'],
    );
    assert.deepEqual(json.weightsManifest[0]?.weights.map(({ name }) => name).sort(), [
      ...['batch_normalization/beta', 'batch_normalization/gamma', 'batch_normalization/moving_mean'],
      ...[
        'batch_normalization/moving_variance',
        'conv2d/bias',
        'conv2d/kernel',
        'conv2d_1/bias',
        'conv2d_1/kernel',
      ],
      ...['dense/bias', 'dense/kernel'],
    ]);
    const before = await ask(await loadModel(model.folder));
    assert.deepEqual(await ask(await loadNetworkModel(path.join(folder, 'out'))), before);
  });

  it('keeps the connections of a model that is no plain stack under their new names', async () => {
    const input = tf.input({ shape: [28, 28, 1] });
    const flat = tf.layers.flatten().apply(input) as tf.SymbolicTensor;
    const left = tf.layers.dense({ units: 4 }).apply(flat) as tf.SymbolicTensor;
    const right = tf.layers.dense({ units: 4 }).apply(flat) as tf.SymbolicTensor;
    const sum = tf.layers.add().apply([left, right]) as tf.SymbolicTensor;
    const output = tf.layers.dense({ units: 3, activation: 'softmax' }).apply(sum) as tf.SymbolicTensor;
    const layers = tf.model({ inputs: input, outputs: output });
    const { card } = tinyModel('branches');
    const model = await store.add('branches', (target) => saveModel(target, { card, layers }));
    await exportModel(model, 'keras', path.join(folder, 'out'));
    const before = await ask(await loadModel(model.folder));
    assert.deepEqual(await ask(await loadNetworkModel(path.join(folder, 'out'))), before);
    const text = await readFile(path.join(folder, 'out', 'model.json'), 'utf8');
    assert.match(text, /"dense_2"/);
    assert.doesNotMatch(text, /dense_Dense/);
  });

  it('exports each member of an ensemble', async () => {
    for (const seed of [1, 2])
      await store.add(`m${seed}`, (target, name) => saveModel(target, tinyModel(name, { seed })));
    const ensemble = await store.addEnsemble('both', ['m1', 'm2'], 'average');
    const out = path.join(folder, 'out');
    await exportModel(ensemble, 'tfjs', out);
    assert.deepEqual(await ask(await loadModel(out)), await ask(await loadModel(ensemble.folder)));
  });

  it('reads several shards, in folders too, cut anywhere', async () => {
    const before = await ask(await loadNetworkModel((await taken()).folder));
    await store.remove('taken');
    const bytes = await readFile(file('weights.bin'));
    await mkdir(file('parts'));
    await writeFile(file('parts/one.bin'), bytes.subarray(0, 101));
    await writeFile(file('two.bin'), bytes.subarray(101));
    await changed(({ weightsManifest: [group] }) => group && (group.paths = ['parts/one.bin', 'two.bin']));
    assert.deepEqual(await ask(await loadNetworkModel((await taken()).folder)), before);
  });

  it('reads quantized weights', async () => {
    const before = await ask(await loadNetworkModel((await taken()).folder));
    await store.remove('taken');
    const values = new Float32Array((await readFile(file('weights.bin'))).buffer.slice(0));
    const least = Math.min(...values);
    for (const [dtype, steps] of [
      ['uint8', 255],
      ['uint16', 65535],
    ] as const) {
      const scale = (Math.max(...values) - least) / steps;
      const integers = Array.from(values, (value) => Math.round((value - least) / scale));
      const bytes =
        dtype === 'uint8' ? Uint8Array.from(integers) : new Uint8Array(Uint16Array.from(integers).buffer);
      await writeFile(file('weights.bin'), bytes);
      await changed(({ weightsManifest: [group] }) =>
        group?.weights.forEach((weight) => (weight['quantization'] = { dtype, scale, min: least })),
      );
      const answer = await ask(await loadNetworkModel((await taken()).folder));
      answer.forEach((probability, at) => {
        const difference = Math.abs(probability - (before[at] ?? 0));
        assert.ok(difference < (dtype === 'uint8' ? 0.05 : 0.001), `${dtype} ${difference}`);
      });
      await store.remove('taken');
    }
  });

  it('reads half precision back to what was rounded', () => {
    const values = Float32Array.from([0, -0, 1, -2.5, 65504, 2 ** -24, -(2 ** -14), 0.1, Infinity, NaN]);
    const back = fromFloat16(toFloat16(values));
    assert.deepEqual([...back.subarray(0, 7)], [...values.subarray(0, 7)]);
    assert.ok(Math.abs((back[7] ?? 0) - 0.1) < 1e-4);
    assert.deepEqual([back[8], Number.isNaN(back[9])], [Infinity, true]);
  });

  it('refuses files outside the folder, whatever way they are named', async () => {
    await writeFile(path.join(folder, 'secret'), await readFile(file('weights.bin')));
    for (const name of [
      '../secret',
      path.join(folder, 'secret'),
      'a/../../secret',
      '..\\secret',
      'C:/secret',
      '',
    ]) {
      await changed(({ weightsManifest: [group] }) => group && (group.paths = [name]));
      await refused(/outside its folder|no model\.json|damaged/);
    }
    await symlink(path.join(folder, 'secret'), file('link.bin'));
    await changed(({ weightsManifest: [group] }) => group && (group.paths = ['link.bin']));
    await refused(/outside its folder/);
  });

  it('refuses missing, short and long weights', async () => {
    const bytes = await readFile(file('weights.bin'));
    await writeFile(file('weights.bin'), bytes.subarray(4));
    await refused(/damaged: weights\.bin holds \d+ bytes of \d+/);
    await writeFile(file('weights.bin'), Buffer.concat([bytes, bytes]));
    await refused(/damaged/);
    await rm(file('weights.bin'));
    await refused(/no weights\.bin/);
    await mkdir(file('weights.bin'));
    await refused(/no file weights\.bin/);
  });

  it('refuses shapes that lie before it takes memory for them', async () => {
    for (const shape of [[2 ** 20, 2 ** 20], [1e300], [-4], [1.5], ['x']]) {
      await changed(
        ({ weightsManifest: [group] }) => group?.weights[0] && (group.weights[0]['shape'] = shape),
      );
      await refused(/model\.json .* is damaged/);
    }
  });

  it('refuses layers that are larger than all weights', async () => {
    await changed((json) => {
      const layers = (
        json.modelTopology['config'] as { layers: { class_name: string; config: { units?: number } }[] }
      ).layers;
      for (const { class_name: kind, config } of layers) if (kind === 'Dense') config.units = 1e9;
    });
    await refused(/larger than its weights/);
  });

  it('refuses what is no layers model', async () => {
    await changed((json) => (json.format = 'graph-model'));
    await refused(/graph model/);
    for (const text of ['', '{', '[]', '{"modelTopology": {}}', 'null']) {
      await writeFile(file('model.json'), text);
      await refused(/model\.json .* is damaged/);
    }
    await writeFile(
      file('model.json'),
      JSON.stringify({ modelTopology: { a: 1 }, weightsManifest: [{ paths: ['weights.bin'], weights: [] }] }),
    );
    await writeFile(file('weights.bin'), '');
    await refused(/cannot be built/);
    await rm(file('model.json'));
    await refused(/no model\.json/);
  });

  it('refuses layers that it does not know, by name', async () => {
    await changed((json) => {
      const { layers } = json.modelTopology['config'] as { layers: { class_name: string }[] };
      const last = layers.at(-1);
      if (last) last.class_name = 'MyOwnLayer';
    });
    await refused(/cannot be built \(.*MyOwnLayer/);
  });

  it('refuses other inputs than one gray picture, and other outputs than a probability a class', async () => {
    const save = async (layers: tf.LayersModel) => {
      await rm(source, { recursive: true });
      await saveModel(source, { card: tinyModel('x').card, layers });
    };
    await save(
      tf.sequential({ layers: [tf.layers.dense({ inputShape: [785], units: 3, activation: 'softmax' })] }),
    );
    await refused(/takes 785 and not one gray picture/);
    const picture = (channels: number, activation: 'softmax' | 'tanh') =>
      tf.sequential({
        layers: [
          tf.layers.flatten({ inputShape: [28, 28, channels] }),
          tf.layers.dense({ units: 3, activation }),
        ],
      });
    await save(picture(2, 'softmax'));
    await refused(/takes 28x28x2/);
    await save(picture(1, 'tanh'));
    await refused(/softmax/);
    await save(picture(1, 'softmax'));
    await refused(/gives 3 classes and 2 are named/, ['A', 'B']);
    assert.equal((await taken()).card.classes.length, 3);
  });

  it('takes models of other sizes', async () => {
    await rm(source, { recursive: true });
    await saveModel(source, tinyModel('large', { side: 40 }));
    assert.deepEqual((await taken()).card.preprocessing, { kind: 'emnist', height: 40, width: 40 });
  });

  it('reads classes from characters, lines, lists and files', async () => {
    assert.deepEqual(classesOfText('A b+'), ['A', 'b', '+']);
    assert.deepEqual(classesOfText('[]'), ['[', ']']);
    assert.deepEqual(classesOfText('sin\ncos  Cc\r\n+\n'), ['sin', 'cos', '+']);
    assert.deepEqual(classesOfText('["a", "bc"]'), ['a', 'bc']);
    for (const text of ['', 'A', 'ABA', 'a\na'])
      assert.throws(() => classesOfText(text), says(/class/), text);
    await assert.rejects(readClassesFile(file('none.txt')), says(/cannot be read/));
    assert.equal(await classesBeside(source), undefined);
    await writeFile(file('labels.txt'), 'A\nB\nC\n');
    assert.deepEqual(await classesBeside(source), CLASSES);
  });

  it('does not read what is larger than a model can be', async () => {
    const copy = path.join(folder, 'copy');
    await cp(source, copy, { recursive: true });
    await writeFile(file('model.json'), Buffer.alloc(16 * 2 ** 20 + 1, ' '));
    await assert.rejects(readLayersFolder(source), says(/no model\.json/));
    const layers = await makeLayers(await readLayersFolder(copy));
    assert.equal(layers.outputShape[1], 3);
  });
});
