import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { importModel } from '../../../src/engine/models/importModel';
import { saveModel } from '../../../src/engine/models/layersModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import { rasterize } from '../../../src/ink/rasterize';
import { classesBeside } from '../../../src/models/classesBeside';
import { classesOfText } from '../../../src/models/classNames';
import { ModelError } from '../../../src/models/errors';
import { ModelStore } from '../../../src/models/modelStore';
import { sharedCase } from '../shared';
import { tinyModel } from './tinyModel';

const F = rasterize([
  [
    [0, 0],
    [0, 40],
  ],
  [
    [0, 0],
    [22, 0],
  ],
  [
    [0, 18],
    [16, 18],
  ],
]);

interface Weights {
  name: string;
  shape: number[];
  values: number[];
}

describe('models as people have them', () => {
  let folder: string;
  let store: ModelStore;
  before(() => startWasm());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    store = new ModelStore(folder, path.join('media', 'models', 'characters'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function answer(location: string, classes: readonly string[], pixels = F): Promise<number[]> {
    const { folder: kept, id } = await importModel(store, location, { name: 'm', classes });
    const model = await loadModel(kept);
    const { height, width } = model.card.preprocessing;
    assert.deepEqual([height, width], [28, 28]);
    const probabilities = [...(await model.probabilities({ pixels, count: 1, height: 28, width: 28 }))];
    model.dispose();
    await store.remove(id);
    return probabilities;
  }

  const refused = async (location: string, sentence: RegExp, classes = ['A', 'B', 'C']) => {
    await assert.rejects(importModel(store, location, { name: 'm', classes }), (error) => {
      assert.ok(error instanceof ModelError, String(error));
      assert.match(error.message, sentence);
      assert.match(error.message, /^[^\n]+\.$/);
      return true;
    });
  };

  for (const name of [
    'M00-control',
    'M01-k3-sequential',
    'M02-k3-functional',
    'M04-rescaling',
    'M05-28x28',
    'M08-downloads',
  ]) {
    it(`${name} reads an F`, async function () {
      const [probability = 0] = await answer(sharedCase(this, name), ['F', '7', 'L', 'C']);
      assert.ok(probability > 0.99, String(probability));
    });
  }

  it('M08-downloads is named by its JSON file; M21-resizing is refused with the name of its layer', async function () {
    const file = sharedCase(this, 'M08-downloads', 'my-model.json');
    assert.ok(((await answer(file, ['F', '7', 'L', 'C']))[0] ?? 0) > 0.99);
    await refused(sharedCase(this, 'M21-resizing'), /"rz" is a Resizing/, ['F', '7', 'L', 'C']);
  });

  /** Writes a model as TensorFlow.js' converter does. */
  async function write(
    config: object,
    weights: readonly Weights[],
    keras = '2.13.1',
    className = 'Sequential',
  ): Promise<string> {
    const source = path.join(folder, 'source');
    await mkdir(source, { recursive: true });
    const manifest = weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
    const json = {
      format: 'layers-model',
      modelTopology: { keras_version: keras, model_config: { class_name: className, config } },
      weightsManifest: [{ paths: ['w.bin'], weights: manifest }],
    };
    await writeFile(path.join(source, 'model.json'), JSON.stringify(json));
    const values = Float32Array.from(weights.flatMap(({ values: own }) => own));
    await writeFile(path.join(source, 'w.bin'), new Uint8Array(values.buffer));
    return source;
  }

  const CLASSES = ['A', 'B', 'C'];
  const kernel = Array.from({ length: 784 * 3 }, (_, at) => Math.sin(at) / 20);
  const dense = (name: string): Weights[] => [
    { name: `${name}/kernel`, shape: [784, 3], values: kernel },
    { name: `${name}/bias`, shape: [3], values: [0.1, 0, -0.1] },
  ];
  const layer = (kind: string, config: object) => ({
    class_name: kind,
    config: { name: kind.toLowerCase(), ...config },
  });
  const input = (...shape: number[]) =>
    layer('InputLayer', { batch_input_shape: [null, ...shape], name: 'in' });
  const flat = layer('Flatten', {});
  const last = (activation = 'softmax') => layer('Dense', { units: 3, activation });
  const stack = (...layers: object[]) => ({ name: 's', layers });

  /** What the dense layer says of the picture, with values of `scale`. */
  function expected(of: (gray: number) => number = (gray) => gray): number[] {
    const sums = [0.1, 0, -0.1].map((bias, at) =>
      F.reduce((sum, gray, pixel) => sum + of(gray / 255) * (kernel[3 * pixel + at] ?? 0), bias),
    );
    const powers = sums.map(Math.exp);
    const total = powers.reduce((sum, each) => sum + each, 0);
    return powers.map((each) => each / total);
  }

  const near = (found: readonly number[], wanted: readonly number[]) => {
    found.forEach((probability, at) => {
      assert.ok(Math.abs(probability - (wanted[at] ?? 0)) < 1e-3, `${found.join()} for ${wanted.join()}`);
    });
  };

  const shapes: [string, object[]][] = [
    ['28x28x1', [input(28, 28, 1), flat, last()]],
    ['28x28', [input(28, 28), flat, last()]],
    ['784', [input(784), last()]],
    ['1x28x28', [input(1, 28, 28), flat, last()]],
    ['plain numbers at the end', [input(28, 28, 1), flat, last('linear')]],
    [
      'augmentation before',
      [
        input(28, 28, 1),
        layer('RandomRotation', { factor: 0.1 }),
        layer('GaussianNoise', { stddev: 0.1 }),
        flat,
        last(),
      ],
    ],
    [
      'a stack in it',
      [
        input(28, 28, 1),
        {
          class_name: 'Sequential',
          config: {
            name: 'augment',
            layers: [input(28, 28, 1), layer('RandomZoom', { height_factor: 0.1 })],
          },
        },
        flat,
        last(),
      ],
    ],
    ['values up to 255', [input(28, 28, 1), layer('Rescaling', { scale: 1 / 255, offset: 0 }), flat, last()]],
    ['the input in its first layer', [layer('Flatten', { batch_input_shape: [null, 28, 28, 1] }), last()]],
  ];
  for (const [what, layers] of shapes) {
    it(`take ${what}`, async () => {
      near(await answer(await write(stack(...layers), dense('dense')), CLASSES), expected());
    });
  }

  it('take values of -1 to 1', async () => {
    const layers = [input(28, 28, 1), layer('Rescaling', { scale: 1 / 127.5, offset: -1 }), flat, last()];
    near(
      await answer(await write(stack(...layers), dense('dense')), CLASSES),
      expected((gray) => 2 * gray - 1),
    );
  });

  it('take values that are normalized by known figures, of pictures up to 1 and up to 255', async () => {
    for (const scale of [1, 255]) {
      const [mean, variance] = [0.13 * scale, (0.3 * scale) ** 2];
      const layers = [input(28, 28, 1), layer('Normalization', { axis: [-1] }), flat, last()];
      const figures = [
        { name: 'normalization/mean', shape: [1], values: [mean] },
        { name: 'normalization/variance', shape: [1], values: [variance] },
      ];
      const wanted = expected((gray) => (gray - 0.13) / 0.3);
      const source = await write(stack(...layers), [...figures, ...dense('dense')]);
      near(await answer(source, CLASSES), wanted);
      const own = layer('Normalization', { axis: null, mean, variance });
      near(
        await answer(await write(stack(input(28, 28, 1), own, flat, last()), dense('dense')), CLASSES),
        wanted,
      );
    }
  });

  it('take three channels', async () => {
    const layers = [
      input(28, 28, 3),
      layer('GlobalAveragePooling2D', {}),
      layer('Dense', { units: 3, activation: 'softmax', name: 'd' }),
    ];
    const weights = [
      { name: 'd/kernel', shape: [3, 3], values: [1, 0, 0, 1, 0, 0, 1, 0, 0] },
      { name: 'd/bias', shape: [3], values: [0, 0, 0] },
    ];
    const mean = F.reduce((sum, gray) => sum + gray / 255, 0) / 784;
    const [first = 0] = await answer(await write(stack(...layers), weights), CLASSES);
    assert.ok(Math.abs(first - Math.exp(3 * mean) / (Math.exp(3 * mean) + 2)) < 1e-3);
  });

  it("take what Keras 3 writes: its names, nested weights, and a graph's references", async () => {
    const policy = {
      module: 'keras',
      class_name: 'DTypePolicy',
      config: { name: 'mixed_float16' },
      registered_name: null,
    };
    const tensor = (name: string) => ({
      class_name: '__keras_tensor__',
      config: { keras_history: [name, 0, 0] },
    });
    const node = (...names: string[]) => [
      { args: names.length > 1 ? [names.map(tensor)] : names.map(tensor), kwargs: {} },
    ];
    const layers = [
      {
        class_name: 'InputLayer',
        config: { batch_shape: [null, 28, 28, 1], name: 'in', dtype: 'float32' },
        inbound_nodes: [],
      },
      { class_name: 'Flatten', config: { name: 'flat', dtype: policy }, inbound_nodes: node('in') },
      { class_name: 'Add', config: { name: 'sum', dtype: policy }, inbound_nodes: node('flat', 'flat2') },
      { class_name: 'Flatten', config: { name: 'flat2', dtype: policy }, inbound_nodes: node('in') },
      {
        class_name: 'Dense',
        config: {
          name: 'out',
          units: 3,
          dtype: policy,
          activation: {
            module: 'builtins',
            class_name: 'function',
            config: 'softmax',
            registered_name: 'function',
          },
        },
        inbound_nodes: node('sum'),
      },
    ];
    const config = { name: 'f', layers, input_layers: ['in', 0, 0], output_layers: [['out', 0, 0]] };
    const source = await write(config, dense('functional_1/out'), '3.5.0', 'Functional');
    near(
      await answer(source, CLASSES),
      expected((gray) => 2 * gray),
    );
  });

  it('are refused in one sentence that names what cannot be', async () => {
    const of = (...layers: object[]) => write(stack(input(28, 28, 1), ...layers), dense('dense'));
    await refused(await of(layer('MyOwn', { name: 'mine' }), flat, last()), /"mine" is a MyOwn/);
    await refused(await of(layer('constructor', { name: 'mine' }), flat, last()), /"mine" is a constructor/);
    await refused(await of(flat, last('tanh')), /does not give probabilities/);
    await refused(
      await write(stack(input(28, 28, 1), flat, last()), dense('other')),
      /"other\/kernel" are of no layer/,
    );
    const hard = layer('Activation', { activation: 'hard_sigmoid', name: 'h' });
    await refused(
      await write(stack(input(28, 28, 1), flat, hard, last()), dense('dense'), '3.1.0'),
      /"h" has the activation hard_sigmoid/,
    );
  });

  it('that would take all memory, or minutes, are refused before they compute', async () => {
    const grown = layer('UpSampling2D', { size: [1500, 1500] });
    const pooled = layer('GlobalAveragePooling2D', {});
    const small = (name: string) => [
      { name: `${name}/kernel`, shape: [1, 3], values: [1, 2, 3] },
      { name: `${name}/bias`, shape: [3], values: [0, 0, 0] },
    ];
    await refused(
      await write(stack(input(28, 28, 1), grown, pooled, last()), small('dense')),
      /need [\d.]+ GB for one picture/,
    );
    const padded = layer('ZeroPadding2D', { padding: [1e6, 1e6] });
    await refused(
      await write(stack(input(28, 28, 1), padded, pooled, last()), small('dense')),
      /need [\d.]+ TB for one picture/,
    );
    const slow = [
      layer('UpSampling2D', { size: [100, 100] }),
      layer('MaxPooling2D', { pool_size: [900, 900], strides: [1, 1] }),
    ];
    await refused(
      await write(stack(input(28, 28, 1), ...slow, pooled, last()), small('dense')),
      /need minutes/,
    );
  });

  it('that claim more weights than they bring are refused before these are made', async () => {
    const wide = (name: string) => layer('Dense', { name, units: 6000 });
    const names = Array.from({ length: 90 }, (_, at) => `d${String(at)}`);
    const claims = [
      stack(input(28, 28, 1), flat, ...names.map(wide), last()),
      stack(input(28, 28, 1), layer('UpSampling2D', { size: [1500, 1500] }), flat, last()),
      stack(input(28, 28, 1), layer('Conv2D', { filters: 3, kernel_size: [40_000, 40_000] }), flat, last()),
      stack(input(28, 28, 1), { class_name: 'Dense', config: { name: 'bare', units: 2e9 } }, flat, last()),
    ];
    const before = process.memoryUsage().rss;
    for (const claim of claims) {
      await refused(await write(claim, dense('dense')), /larger than its weights/);
    }
    assert.ok(process.memoryUsage().rss - before < 256 * 2 ** 20);
  });

  it('name their classes in the files of the programs that made them', async () => {
    const said: [string, string][] = [
      ['labels.txt', '0 A\n1 two words\n2 C\n'],
      ['metadata.json', '{"tfjsVersion":"1.3.1","labels":["A","two words","C"]}'],
      ['class_indices.json', '{"A": 0, "C": 2, "two words": 1}'],
      ['class_names.json', '{"0": "A", "1": "two words", "2": "C"}'],
      ['classes.json', '{"classes": ["A", "two words", "C"], "covers": ["A", "two words", "C"]}'],
    ];
    for (const [name, text] of said) {
      await mkdir(path.join(folder, name), { recursive: true });
      await writeFile(path.join(folder, name, name), text);
      assert.deepEqual(await classesBeside(path.join(folder, name)), ['A', 'two words', 'C'], name);
    }
    assert.deepEqual(classesOfText('0 1 2'), ['0', '1', '2']);
    assert.deepEqual(classesOfText('0\n1\n2'), ['0', '1', '2']);
  });

  it('have a description of any name, beside other JSON', async () => {
    const { card, layers } = tinyModel('x');
    const source = path.join(folder, 'a');
    await saveModel(source, { card, layers });
    await cp(path.join(source, 'model.json'), path.join(source, 'net.json'));
    await rm(path.join(source, 'model.json'));
    await writeFile(path.join(source, 'package.json'), '{}');
    await importModel(store, source, { name: 'by folder', classes: card.classes });
    await importModel(store, path.join(source, 'net.json'), { name: 'by file', classes: card.classes });
    assert.match(await readFile(path.join(source, 'package.json'), 'utf8'), /\{\}/);
    layers.dispose();
  });
});
