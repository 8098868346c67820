import * as tf from '@tensorflow/tfjs-core';
import assert from 'node:assert/strict';
import path from 'node:path';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import { saveModel } from '../../../../src/engine/models/layersModel';
import { FoldedNetwork } from '../../../../src/engine/recognition/foldedNetwork';
import { greedyClasses } from '../../../../src/engine/recognition/greedy';
import { loadLineModel } from '../../../../src/engine/recognition/lineModel';
import { buildLineModel } from '../../../../src/engine/training/lines/buildLineModel';
import { FEATURES } from '../../../../src/ink/lines/features';
import { STEP } from '../../../../src/ink/lines/resample';
import type { Ink } from '../../../../src/ink/ink';
import type { LineCard } from '../../../../src/models/lineCard';
import type { LineNetwork } from '../../../../src/networks/lineNetwork';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';

const NETWORK: LineNetwork = {
  name: 'tiny',
  input: [null, FEATURES],
  layers: [{ type: 'conv1d', filters: 6, kernelSize: 5, strides: 4, padding: 'same', activation: 'relu' }],
};
const CARD: LineCard = {
  name: 'Tiny',
  kind: 'lines',
  description: 'For a test.',
  classes: ['a', 'b', 'c'],
  preprocessing: { kind: 'points', step: STEP, features: FEATURES, stride: 4 },
  network: NETWORK,
  parameters: 1,
  data: [],
  training: { settings: {}, history: [] },
  metrics: [],
  backend: 'wasm',
};
const INK: Ink = [
  Array.from({ length: 30 }, (_, i) => [3 * i, 50 + 40 * Math.sin(i / 3)] as const),
  [[40, -20]],
];

describe('a model of lines', () => {
  let folder: string;
  before(async () => {
    await startWasm();
    folder = path.join(await makeScratchFolder(), 'model');
    const layers = buildLineModel(NETWORK, CARD.classes.length + 1, 1);
    await saveModel(folder, { card: CARD, layers }, 'float16');
    layers.dispose();
  });
  after(() => removeScratchFolder(path.dirname(folder)));

  it('gives probabilities for each frame, and the ink that it was read from', async () => {
    const model = await loadLineModel(folder);
    const { frames, classes, logProbabilities, framePoints } = await model.logProbabilities(INK);
    assert.deepEqual([classes, logProbabilities.length], [4, 4 * frames]);
    for (let frame = 0; frame < frames; frame++) {
      const row = logProbabilities.subarray(4 * frame, 4 * frame + 4);
      assert.ok(Math.abs(row.reduce((sum, log) => sum + Math.exp(log), 0) - 1) < 1e-5);
    }
    assert.equal(framePoints.length, frames);
    const spans = framePoints.flat();
    assert.ok(spans.every(({ stroke, from, to }) => from <= to && to < (INK[stroke]?.length ?? 0)));
    assert.deepEqual(new Set(spans.map(({ stroke }) => stroke)), new Set([0, 1]));
    model.dispose();
  });

  it('gives no frame for ink without points', async () => {
    const model = await loadLineModel(folder);
    const { frames, logProbabilities } = await model.logProbabilities([[]]);
    assert.deepEqual([frames, logProbabilities.length], [0, 0]);
    model.dispose();
  });
});

describe('a network folded for reading', () => {
  before(() => startWasm());

  it('gives what its layers give, and frees all that it took', () => {
    const convolution = {
      type: 'conv1d',
      filters: 5,
      kernelSize: 3,
      padding: 'same',
      useBias: false,
    } as const;
    const relu = { type: 'activation', activation: 'relu' } as const;
    const network: LineNetwork = {
      name: 'all kinds',
      input: [null, FEATURES],
      layers: [
        { ...convolution, strides: 2 },
        { type: 'batchNormalization' },
        relu,
        {
          type: 'residual',
          layers: [convolution, { type: 'batchNormalization' }, relu, { ...convolution, useBias: true }],
        },
        relu,
        { type: 'dropout', rate: 0.5 },
      ],
    };
    const layers = buildLineModel(network, 4, 1);
    layers.setWeights(
      layers
        .getWeights()
        .map((each, i) => tf.add(tf.abs(each), tf.randomUniform(each.shape, 0, 1, 'float32', i))),
    );
    const before = tf.memory().numTensors;
    const folded = FoldedNetwork.of(network, layers);
    assert.ok(folded);
    const difference = tf.tidy(() => {
      const x = tf.randomNormal<tf.Rank.R3>([1, 40, FEATURES], 0, 1, 'float32', 3);
      const expected = layers.apply(x) as tf.Tensor3D;
      return tf
        .max(tf.abs(tf.div(tf.sub(folded.apply(x), expected), tf.max(tf.abs(expected)))))
        .dataSync()[0];
    });
    assert.ok((difference ?? 1) < 1e-5, String(difference));
    folded.dispose();
    assert.equal(tf.memory().numTensors, before);
    layers.dispose();
  });

  it('leaves layers as they are that it does not know', () => {
    const network: LineNetwork = {
      name: 'pooled',
      input: [null, FEATURES],
      layers: [{ type: 'maxPooling1d' }],
    };
    const layers = buildLineModel(network, 4, 1);
    assert.equal(FoldedNetwork.of(network, layers), undefined);
    layers.dispose();
  });
});

describe('the greedy reading', () => {
  const reading = (best: number[]) => ({
    frames: best.length,
    classes: 3,
    logProbabilities: Float32Array.from(
      best.flatMap((each) => [0, 1, 2].map((i) => (i === each ? -0.1 : -3))),
    ),
  });

  it('leaves out blanks and repeats, and keeps what a blank parts', () => {
    assert.deepEqual(greedyClasses(reading([2, 0, 0, 2, 0, 1, 1, 2])), [0, 0, 1]);
    assert.deepEqual(greedyClasses(reading([])), []);
  });
});
