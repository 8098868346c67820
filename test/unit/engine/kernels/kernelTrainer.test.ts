import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import assert from 'node:assert/strict';
import path from 'node:path';
import { Random } from '../../../../src/base/random';
import { openDataset } from '../../../../src/datasets/open';
import { NotInKernels } from '../../../../src/engine/backends/kernels/chain';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import { buildModel } from '../../../../src/engine/training/buildModel';
import type { RunCheckpoint } from '../../../../src/engine/training/checkpoint';
import { chooseTrainer } from '../../../../src/engine/training/chooseTrainer';
import type { TrainingEvents } from '../../../../src/engine/training/epochLoop';
import { freeze } from '../../../../src/engine/training/fineTune';
import { checkModel } from '../../../../src/engine/training/kernelCheck';
import { KernelTrainer } from '../../../../src/engine/training/kernelTrainer';
import { makeOptimizer } from '../../../../src/engine/training/optimizer';
import type { Batch, PictureTrainer } from '../../../../src/engine/training/pictureTrainer';
import { Trainer } from '../../../../src/engine/training/trainer';
import { trainNetwork, type RunJob } from '../../../../src/engine/training/trainNetwork';
import type { Layer, Network } from '../../../../src/networks/network';
import { PRESETS } from '../../../../src/networks/presets';
import {
  AUGMENTATIONS,
  OPTIMIZERS,
  runSettingsSchema,
  type RunSettings,
} from '../../../../src/runs/runSettings';
import { COMPARED, furthestApart, STEPS, TOLERANCE } from '../../../backends/comparison';
import { randomNumbers } from '../tensors';

const { network, classes, batchSize } = COMPARED;
const THREADS = 2;

function batchOf(seed: number, size = batchSize): Batch {
  const [height, width] = network.input;
  const random = new Random(seed);
  const y = new Float32Array(size * classes);
  for (let sample = 0; sample < size; sample++) y[sample * classes + random.integer(classes)] = 1;
  return { x: randomNumbers(size * height * width, seed), y, size };
}

const BATCHES = [batchOf(1), batchOf(2), batchOf(3, batchSize - 5)];

const settingsOf = (more: Partial<RunSettings>) => runSettingsSchema.parse({ batchSize, ...more });

function ofTensorFlow(model: LayersModel, settings: RunSettings): Trainer {
  const { optimizer, learningRate } = settings;
  const options = { ...settings, decoupledDecay: optimizer === 'adamw', averageDecay: 0 };
  return new Trainer(model, makeOptimizer(optimizer, learningRate), new Random(1), options);
}

/** The losses of some steps on batches by turns, with a learning rate that changes. */
async function losses(trainer: PictureTrainer, steps: number, from = 0): Promise<number[]> {
  const all: number[] = [];
  for (let step = from; step < from + steps; step++) {
    const batch = BATCHES[step % BATCHES.length] as Batch;
    all.push((await trainer.step(batch, 0.005 / (1 + step / 10))).loss);
  }
  return all;
}

describe('training by the kernels', function () {
  this.timeout(120_000);
  before(() => startWasm());

  for (const optimizer of OPTIMIZERS) {
    it(`has the losses of TensorFlow.js' steps (${optimizer}), and its judgments`, async () => {
      const settings = settingsOf({ optimizer, weightDecay: 0.01, labelSmoothing: 0.1 });
      const models = [buildModel(network, classes, 3), buildModel(network, classes, 3)] as const;
      const theirs = ofTensorFlow(models[0], settings);
      const ours = await KernelTrainer.start(models[1], settings, new Random(1), THREADS);
      const expected = await losses(theirs, STEPS);
      assert.ok(furthestApart(await losses(ours, STEPS), expected) < TOLERANCE);
      // more samples than a step has
      const judged = batchOf(9, 2 * batchSize + 3);
      const [a, b] = [await ours.judge(judged), await theirs.judge(judged)];
      assert.ok(Math.abs(a.loss - b.loss) / judged.size < TOLERANCE);
      assert.ok(Math.abs(a.correct - b.correct) <= 1);
      ours.finish();
      await ours.dispose();
      const learned = ofTensorFlow(models[1], settings);
      assert.ok(Math.abs((await learned.judge(judged)).loss - a.loss) / judged.size < TOLERANCE);
      for (const trainer of [theirs, learned]) trainer.dispose();
      for (const model of models) model.dispose();
    });

    it(`goes on from a checkpoint of TensorFlow.js, and TensorFlow.js from its own (${optimizer})`, async () => {
      const settings = settingsOf({ optimizer, weightDecay: 0.01 });
      const model = () => buildModel(network, classes, 3);
      const whole = ofTensorFlow(model(), settings);
      const expected = await losses(whole, 12);
      const theirs = ofTensorFlow(model(), settings);
      const first = await losses(theirs, 4);
      const ours = await KernelTrainer.start(model(), settings, new Random(1), THREADS);
      await ours.restore(structuredClone(await theirs.save()));
      const second = await losses(ours, 4, 4);
      const again = ofTensorFlow(model(), settings);
      await again.restore(structuredClone(await ours.save()));
      const third = await losses(again, 4, 8);
      assert.ok(furthestApart([...first, ...second, ...third], expected) < TOLERANCE);
      await ours.dispose();
      for (const trainer of [whole, theirs, again]) {
        trainer.dispose();
        trainer.model.dispose();
      }
    });
  }

  it('drops as much as it is told to, other values in each step, and nothing where it judges', async () => {
    const layers: Layer[] = [
      { type: 'flatten' },
      { type: 'dense', units: 64 },
      { type: 'dropout', rate: 0.5 },
    ];
    const settings = settingsOf({});
    const model = buildModel({ ...network, layers }, classes, 3);
    const ours = await KernelTrainer.start(model, settings, new Random(1), THREADS);
    const batch = BATCHES[0] as Batch;
    const still = await Promise.all([1, 2].map(() => ours.judge(batch)));
    assert.deepEqual(still[0], still[1]);
    const dropped = [];
    for (let step = 0; step < 40; step++) dropped.push((await ours.step(batch, 0)).loss);
    assert.equal(new Set(dropped).size, dropped.length);
    const mean = dropped.reduce((a, b) => a + b) / dropped.length;
    const plain = (still[0]?.loss ?? NaN) / batch.size;
    // dropping adds noise, whose mean is a little more loss
    assert.ok(mean > plain && mean < plain + 0.5, `${String(mean)} for ${String(plain)}`);
    await ours.dispose();
    model.dispose();
  });

  it('has all presets', async () => {
    for (const preset of Object.values(PRESETS)) {
      const model = buildModel(preset, 10, 1);
      const { trainer, computes, note } = await chooseTrainer(model, settingsOf({ batchSize: 4 }), {
        backend: 'wasm',
        kernels: true,
      });
      assert.deepEqual([computes, note], ['kernels', undefined], preset.name);
      await trainer.dispose();
      model.dispose();
    }
  });

  it('leaves other networks to TensorFlow.js and says why', async () => {
    const conv: Layer = { type: 'conv2d', filters: 4, kernelSize: 3 };
    const others: readonly (readonly [RegExp, Layer[]])[] = [
      [
        /since its layer depthwiseConv2d_2 is none of theirs\.$/,
        [conv, { type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2 }],
      ],
      [/since it begins with neither a convolution nor a dense layer\.$/, [{ type: 'maxPooling2d' }, conv]],
      [/since it has a dense layer on pictures\.$/, [conv, { type: 'dense', units: 4 }]],
      [
        /since its layer activation_2 has a function \(softmax\)/,
        [conv, { type: 'activation', activation: 'softmax' }],
      ],
    ];
    for (const [sentence, layers] of others) {
      const model = buildModel({ ...network, layers }, classes, 1);
      const { computes, note, trainer } = await chooseTrainer(model, settingsOf({}), {
        backend: 'wasm',
        kernels: true,
      });
      assert.equal(computes, 'wasm');
      assert.match(note ?? '', sentence);
      await trainer.dispose();
      model.dispose();
    }
    const model = buildModel(network, classes, 1);
    freeze(model, 'conv2d_1', 'model');
    await assert.rejects(
      KernelTrainer.start(model, settingsOf({}), new Random(1), 1),
      /conv2d_1 does not learn/,
    );
    model.dispose();
  });

  it('is not taken where its numbers are wrong', async () => {
    const model = buildModel(network, classes, 1);
    const usual = ofTensorFlow(model, settingsOf({}));
    const ours = await KernelTrainer.start(model, settingsOf({}), new Random(1), THREADS);
    await checkModel(usual, ours);
    ours.restoreWeights((await ours.saveWeights()).map((list) => list.map((value) => 1.5 * value)));
    await assert.rejects(checkModel(usual, ours), NotInKernels);
    await ours.dispose();
    usual.dispose();
    model.dispose();
  });
});

const NETWORK: Network = {
  name: 'tiny',
  input: [28, 28, 1],
  layers: [
    { type: 'conv2d', filters: 6, kernelSize: 5, strides: 2, padding: 'same' },
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
    { type: 'maxPooling2d' },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 20, activation: 'relu' },
  ],
};

describe('a run by the kernels', function () {
  this.timeout(120_000);
  before(() => startWasm());

  const job = async (settings: Partial<RunSettings>): Promise<RunJob> => ({
    dataset: await openDataset(path.resolve('test', 'fixtures', 'emnist')),
    run: {
      name: 'tiny-1',
      network: NETWORK,
      settings: runSettingsSchema.parse({
        epochs: 2,
        batchSize: 32,
        learningRate: 0.003,
        schedule: 'cosine',
        validationSplit: 0.2,
        augmentation: AUGMENTATIONS.gentle,
        weightDecay: 0.01,
        ...settings,
      }),
    },
    backend: 'wasm',
    kernels: true,
    threads: { threads: 0 },
  });
  const weightsOf = async (layers: LayersModel) =>
    Promise.all(layers.getWeights().map(async (tensor: tf.Tensor) => [...(await tensor.data())]));

  for (const optimizer of OPTIMIZERS) {
    it(`gone on with after any step gives the weights of an uninterrupted run, bit for bit (${optimizer})`, async () => {
      const settings = { optimizer, classBalancing: 'weights' as const };
      const whole = await trainNetwork(await job(settings));
      assert.ok(whole.model);
      assert.equal(whole.model.card.backend, 'kernels');
      let checkpoint: RunCheckpoint | undefined;
      for (let steps = 0; ; steps++) {
        let taken = 0;
        const events: TrainingEvents = {
          ending: () => (++taken > 2 + (steps % 2) ? 'pause' : undefined),
          onCheckpoint: (saved) => Promise.resolve(void (checkpoint = structuredClone(saved))),
        };
        const { outcome, model } = await trainNetwork(await job(settings), events, checkpoint);
        if (outcome === 'paused') continue;
        assert.ok(model && steps > 2);
        assert.deepEqual(await weightsOf(model.layers), await weightsOf(whole.model.layers));
        return;
      }
    });
  }
});
