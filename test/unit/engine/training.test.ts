import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { DatasetError } from '../../../src/datasets/errors';
import { openDataset } from '../../../src/datasets/open';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { evaluate } from '../../../src/engine/evaluation/evaluate';
import { saveModel } from '../../../src/engine/models/layersModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import { candidatesOf } from '../../../src/engine/recognition/candidates';
import { readCheckpoint, writeCheckpoint, type RunCheckpoint } from '../../../src/engine/training/checkpoint';
import { run, type RunSettings } from '../../../src/engine/training/run';
import { learningRateFactor, SCHEDULES } from '../../../src/engine/training/schedule';
import { ModelError } from '../../../src/models/errors';
import { NetworkError, type Network } from '../../../src/networks/network';

const DATASET = path.resolve('test', 'fixtures', 'emnist');
const NETWORK: Network = {
  name: 'tiny',
  input: [28, 28, 1],
  layers: [
    { type: 'conv2d', filters: 8, kernelSize: 5, strides: 2, padding: 'same' },
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
    { type: 'maxPooling2d' },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.2 },
  ],
};
const SETTINGS: RunSettings = {
  name: 'tiny-1',
  epochs: 4,
  batchSize: 32,
  optimizer: 'adam',
  learningRate: 0.005,
  schedule: 'cosine',
  validationSplit: 0.2,
  augment: true,
  patience: 0,
  seed: 1,
  limit: 0,
};

const weightsOf = async (layers: LayersModel) =>
  Promise.all(layers.getWeights().map(async (tensor) => [...(await tensor.data())]));

describe('training', () => {
  let folder: string;
  before(() => startWasm());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('learns: the loss falls and the model beats chance on what it has not seen', async () => {
    const dataset = await openDataset(DATASET);
    const model = await run(dataset, NETWORK, { ...SETTINGS, epochs: 12, augment: false });
    const [first, last] = [model.card.training.history[0], model.card.training.history.at(-1)];
    assert.ok((last?.loss ?? Infinity) < 0.5 * (first?.loss ?? 0));
    const { accuracy, samples } = await evaluate(model, dataset, await dataset.load('test'), 'all');
    assert.equal(samples, 86);
    assert.ok(accuracy > 10 / 47, `accuracy ${String(accuracy)}`);
  });

  it('resumed from a checkpoint gives the weights of an uninterrupted run, bit for bit', async () => {
    const dataset = await openDataset(DATASET);
    const whole = await run(dataset, NETWORK, SETTINGS);
    const file = path.join(folder, 'checkpoint.bin');
    const stop = new AbortController();
    const stopped = run(dataset, NETWORK, SETTINGS, {
      signal: stop.signal,
      onCheckpoint: async (checkpoint: RunCheckpoint) => {
        if (checkpoint.history.length !== 2) return;
        await writeCheckpoint(file, checkpoint);
        stop.abort(new ModelError('stopped'));
      },
    });
    await assert.rejects(stopped, /stopped/);
    const resumed = await run(dataset, NETWORK, SETTINGS, {}, await readCheckpoint(file));
    assert.deepEqual(await weightsOf(resumed.layers), await weightsOf(whole.layers));
    assert.equal(resumed.card.training.history.length, 4);
  });

  it('ends early when the validation loss does not become better', async () => {
    const dataset = await openDataset(DATASET);
    const settings = {
      ...SETTINGS,
      epochs: 30,
      learningRate: 1e-8,
      patience: 2,
      schedule: 'constant' as const,
    };
    const { card } = await run(dataset, NETWORK, settings);
    assert.ok(card.training.history.length < 30);
  });

  it('refuses a network that cannot work, and samples of another size', async () => {
    const dataset = await openDataset(DATASET);
    const deep: Network = {
      ...NETWORK,
      layers: Array.from({ length: 6 }, () => ({ type: 'maxPooling2d' as const })),
    };
    await assert.rejects(
      run(dataset, deep, SETTINGS),
      (error) => error instanceof NetworkError && /Layer 5/.test(error.message),
    );
    const large: Network = { ...NETWORK, input: [48, 48, 1] };
    await assert.rejects(
      run(dataset, large, SETTINGS),
      (error) => error instanceof DatasetError && /28x28/.test(error.message),
    );
  });

  it('refuses a damaged checkpoint', async () => {
    const file = path.join(folder, 'checkpoint.bin');
    await writeFile(file, 'no checkpoint');
    await assert.rejects(readCheckpoint(file), ModelError);
  });

  it('a saved model gives what it gave, in half precision nearly so', async () => {
    const dataset = await openDataset(DATASET);
    const model = await run(dataset, NETWORK, { ...SETTINGS, epochs: 2 });
    const test = await dataset.load('test');
    const before = await evaluate(model, dataset, test, 'all');
    for (const precision of ['float32', 'float16'] as const) {
      const target = path.join(folder, precision);
      await saveModel(target, model, precision);
      await saveModel(target, model, precision);
      const after = await evaluate(await loadModel(target), dataset, test, 'all');
      const difference = Math.abs(after.loss - before.loss);
      assert.ok(difference <= (precision === 'float32' ? 0 : 0.01), `${precision}: ${String(difference)}`);
    }
    const sizes = await Promise.all(
      ['float32', 'float16'].map(
        async (each) => (await readFile(path.join(folder, each, 'weights.bin'))).length,
      ),
    );
    assert.equal(sizes[0], 2 * (sizes[1] ?? 0));
  });

  it('a model that is not whole is refused with a sentence', async () => {
    const dataset = await openDataset(DATASET);
    const target = path.join(folder, 'model');
    await saveModel(target, await run(dataset, NETWORK, { ...SETTINGS, epochs: 1 }));
    const weights = path.join(target, 'weights.bin');
    await truncate(weights, (await readFile(weights)).length - 4);
    await assert.rejects(
      loadModel(target),
      (error) => error instanceof ModelError && /damaged/.test(error.message),
    );
    await rm(path.join(target, 'card.json'));
    await assert.rejects(
      loadModel(target),
      (error) => error instanceof ModelError && /card\.json/.test(error.message),
    );
  });
});

describe('candidates', () => {
  const classes = ['0', 'O', 'o', 'x', '+'];
  const probabilities = [0.2, 0.4, 0.1, 0.05, 0.25];

  it('are restricted to the alphabet, renormalised and in order', () => {
    const candidates = candidatesOf(probabilities, classes, 'letters', 2);
    assert.deepEqual(
      candidates.map(({ text, probability }) => [text, Number(probability.toFixed(6))]),
      [
        ['O', 0.727273],
        ['o', 0.181818],
      ],
    );
    assert.equal(candidatesOf(probabilities, classes, 'digits', 5)[0]?.probability, 1);
    assert.equal(candidatesOf(probabilities, classes, 'x+', 5).length, 2);
  });

  it('ask for another alphabet where the model knows nothing of it', () => {
    assert.throws(() => candidatesOf(probabilities, classes, 'capitals5'.slice(-1), 5), ModelError);
  });
});

describe('learning rate schedules', () => {
  it('stay within 0 and 1 and end lower than they were at their highest', () => {
    for (const schedule of SCHEDULES) {
      const factors = Array.from({ length: 101 }, (_, i) => learningRateFactor(schedule, i / 101));
      assert.ok(factors.every((factor) => factor > 0 && factor <= 1));
      if (schedule !== 'constant') assert.ok((factors.at(-1) ?? 1) < 0.02 * Math.max(...factors) + 0.01);
    }
  });
});
