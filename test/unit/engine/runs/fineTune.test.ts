import * as tf from '@tensorflow/tfjs-layers';
import assert from 'node:assert/strict';
import path from 'node:path';
import { openDataset } from '../../../../src/datasets/open';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import { loadNetworkModel, NetworkModel, saveModel } from '../../../../src/engine/models/layersModel';
import { buildModel } from '../../../../src/engine/training/buildModel';
import { continueFrom } from '../../../../src/engine/training/fineTune';
import { trainNetwork } from '../../../../src/engine/training/trainNetwork';
import type { Card } from '../../../../src/models/card';
import { ModelError } from '../../../../src/models/errors';
import { layerNames } from '../../../../src/models/layerNames';
import { runSettingsSchema } from '../../../../src/runs/runSettings';
import type { Network } from '../../../../src/networks/network';
import { temporaryFolder } from '../../datasets/import/temporary';

const NETWORK: Network = {
  name: 'tiny',
  input: [28, 28, 1],
  layers: [
    { type: 'conv2d', filters: 4, kernelSize: 5, strides: 4 },
    { type: 'batchNormalization' },
    { type: 'flatten' },
    { type: 'dense', units: 8, activation: 'relu' },
  ],
};

function modelOf(classes: string[]): NetworkModel {
  const card: Card = {
    name: 'Base',
    description: '',
    classes,
    preprocessing: { kind: 'emnist', height: 28, width: 28 },
    network: NETWORK,
    parameters: 0,
    data: [{ name: 'first', license: '', source: '', samples: 5 }],
    training: { settings: {}, history: [] },
    metrics: [],
    backend: 'wasm',
  };
  return new NetworkModel(card, buildModel(NETWORK, classes.length, 3));
}

/** The weights of a layer, one array each. */
const weightsOf = (model: tf.LayersModel, name: string) =>
  Promise.all(
    model
      .getLayer(name)
      .getWeights()
      .map(async (weight) => [...(await weight.data())]),
  );

describe('going on from a model', () => {
  const folder = temporaryFolder();
  before(() => startWasm());

  it('keeps what the last layer knows of classes that stay, whatever their order', async () => {
    const base = modelOf(['a', 'b', 'c']);
    const [before = []] = await weightsOf(base.layers, 'output');
    const hidden = await weightsOf(base.layers, 'dense_4');
    const model = await continueFrom(base, ['c', 'd', 'a'], [], 1);
    const [after = []] = await weightsOf(model, 'output');
    const column = (kernel: number[], place: number) => kernel.filter((_, at) => at % 3 === place);
    assert.deepEqual(column(after, 0), column(before, 2));
    assert.deepEqual(column(after, 2), column(before, 0));
    assert.notDeepEqual(column(after, 1), column(before, 1));
    assert.deepEqual(await weightsOf(model, 'dense_4'), hidden);
  });

  it('leaves layers that are frozen as they are, batch normalization too', async () => {
    const dataset = await openDataset(path.resolve('test', 'fixtures', 'emnist'));
    const settings = runSettingsSchema.parse({ epochs: 1, validationSplit: 0, learningRate: 0.01 });
    for (const classes of [['0', '1', '2'], dataset.classes]) {
      const base = modelOf([...classes]);
      const frozen = ['conv2d_1', 'batchNormalization_2'];
      const before = await Promise.all(
        ['conv2d_1', 'batchNormalization_2', 'dense_4'].map((name) => weightsOf(base.layers, name)),
      );
      const file = { name: 'more', network: NETWORK, settings, from: { model: 'base', frozen } };
      const { model } = await trainNetwork({
        dataset,
        run: file,
        base,
        backend: 'wasm',
        threads: { threads: 0 },
      });
      assert.ok(model);
      const after = await Promise.all(
        ['conv2d_1', 'batchNormalization_2', 'dense_4'].map((name) => weightsOf(model.layers, name)),
      );
      assert.deepEqual(after.slice(0, 2), before.slice(0, 2));
      assert.notDeepEqual(after[2], before[2]);
      assert.deepEqual(model.card.classes, dataset.classes);
      assert.deepEqual(
        model.card.data.map(({ name }) => name),
        ['first', 'emnist'],
      );
      assert.match(model.card.description, /from Base\./);

      const target = path.join(folder.path, String(classes.length));
      await saveModel(target, model);
      assert.deepEqual(await layerNames(target), [...frozen, 'dense_4', 'output']);
      const again = await loadNetworkModel(target);
      const picture = { pixels: new Uint8Array(784).fill(90), count: 1, height: 28, width: 28 };
      assert.deepEqual(await again.probabilities(picture), await model.probabilities(picture));
    }
  });

  it('refuses layers that are not there, and models whose last layer is not dense', async () => {
    await assert.rejects(
      continueFrom(modelOf(['a', 'b']), ['a', 'b'], ['conv2d_7'], 1),
      (error) =>
        error instanceof ModelError && /no layer "conv2d_7": choose of conv2d_1, /.test(error.message),
    );
    const { card } = modelOf(['a', 'b']);
    const [flatten, activation] = [tf.layers.flatten({ inputShape: [28, 28, 1] }), tf.layers.softmax()];
    const bare = tf.sequential({ layers: [flatten, activation] });
    await assert.rejects(
      continueFrom(new NetworkModel(card, bare), ['a'], [], 1),
      (error) => error instanceof ModelError && /last layer/.test(error.message),
    );
  });
});
