import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { openDataset } from '../../../src/datasets/open';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { evaluate } from '../../../src/engine/evaluation/evaluate';
import { saveModel } from '../../../src/engine/models/layersModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import { candidatesOf } from '../../../src/engine/recognition/candidates';
import { readCheckpoint, type RunCheckpoint } from '../../../src/engine/training/checkpoint';
import type { TrainingEvents } from '../../../src/engine/training/epochLoop';
import { trainNetwork, type RunJob } from '../../../src/engine/training/trainNetwork';
import { learningRateFactor } from '../../../src/engine/training/schedule';
import { recognizeInk } from '../../../src/engine/recognition/recognize';
import type { Ink } from '../../../src/ink/ink';
import { rasterize } from '../../../src/ink/rasterize';
import type { CardEpoch } from '../../../src/models/card';
import { ModelError } from '../../../src/models/errors';
import {
  AUGMENTATIONS,
  LOSSES,
  NO_AUGMENTATION,
  OPTIMIZERS,
  runSettingsSchema,
  SCHEDULES,
  type RunSettings,
} from '../../../src/runs/runSettings';
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
const SETTINGS = runSettingsSchema.parse({
  epochs: 4,
  batchSize: 32,
  learningRate: 0.005,
  schedule: 'cosine',
  validationSplit: 0.2,
  augmentation: AUGMENTATIONS.gentle,
});

const job = async (settings: Partial<RunSettings>): Promise<RunJob> => ({
  dataset: await openDataset(DATASET),
  run: { name: 'tiny-1', network: NETWORK, settings: { ...SETTINGS, ...settings } },
  backend: 'wasm',
  threads: { threads: 0 },
});

/** A run of the tiny network to its end, on this thread alone. */
async function trained(
  settings: Partial<RunSettings> = {},
  more: Partial<RunJob> = {},
  events?: TrainingEvents,
) {
  const result = await trainNetwork({ ...(await job(settings)), ...more }, events);
  assert.ok(result.model);
  return { ...result, model: result.model, card: result.model.card };
}

const withoutTime = (history: readonly CardEpoch[]) => history.map(({ seconds: _, ...line }) => line);

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
    const { model, card } = await trained({ epochs: 12, augmentation: NO_AUGMENTATION });
    const [first, last] = [card.training.history[0], card.training.history.at(-1)];
    assert.ok((last?.loss ?? Infinity) < 0.5 * (first?.loss ?? 0));
    const { accuracy, samples } = await evaluate(model, dataset, await dataset.load('test'), 'all');
    assert.equal(samples, 86);
    assert.ok(accuracy > 10 / 47, `accuracy ${String(accuracy)}`);
  });

  for (const optimizer of OPTIMIZERS) {
    it(`gone on with after any step gives the weights of an uninterrupted run, bit for bit (${optimizer})`, async () => {
      const settings = {
        optimizer,
        learningRate: optimizer === 'sgd' ? 0.05 : 0.003,
        weightDecay: 0.01,
        classBalancing: optimizer === 'momentum' ? ('weights' as const) : ('sampling' as const),
        epochs: 2,
      };
      const whole = await trained(settings);
      let checkpoint: RunCheckpoint | undefined;
      for (let steps = 0; ; steps++) {
        let taken = 0;
        const { outcome, model } = await trainNetwork(
          await job(settings),
          {
            ending: () => (++taken > 2 + (steps % 2) ? 'pause' : undefined),
            onCheckpoint: async (saved) => {
              checkpoint = structuredClone(saved);
              await Promise.resolve();
            },
          },
          checkpoint,
        );
        if (outcome === 'paused') continue;
        assert.ok(model && steps > 2, `paused ${steps} times`);
        assert.deepEqual(await weightsOf(model.layers), await weightsOf(whole.model.layers));
        assert.deepEqual(withoutTime(model.card.training.history), withoutTime(whole.history));
        break;
      }
    });
  }

  it('follows the schedule with every optimizer', async () => {
    for (const optimizer of OPTIMIZERS) {
      const short = { optimizer, epochs: 3, limit: 64, learningRate: 0.01, validationSplit: 0.5 };
      const stepped = await trained({ ...short, schedule: 'step' });
      const constant = await trained({ ...short, schedule: 'constant' });
      assert.deepEqual(
        stepped.history.map(({ learningRate }) => Number(learningRate.toFixed(8))),
        [0.01, 0.001, 0.0001],
      );
      assert.equal(stepped.history[0]?.loss, constant.history[0]?.loss);
      assert.notEqual(stepped.history[2]?.loss, constant.history[2]?.loss);
    }
  });

  it('keeps the best weights by validation, and says of which epoch they are', async () => {
    // a rate that makes the last epochs worse than some before
    const { card, best, model } = await trained({ epochs: 6, learningRate: 0.05, schedule: 'constant' });
    const losses = card.training.history.map(({ validationLoss = 0 }) => validationLoss);
    const epoch = 1 + losses.indexOf(Math.min(...losses));
    assert.notEqual(epoch, 6);
    assert.deepEqual([best?.epoch, card.training.epoch], [epoch, epoch]);
    assert.match(card.description, new RegExp(`epoch ${epoch} of 6, the best by validation loss`));
    const again = await trained(
      { epochs: 6, learningRate: 0.05, schedule: 'constant' },
      {},
      {
        ending: () => undefined,
      },
    );
    assert.deepEqual(await weightsOf(model.layers), await weightsOf(again.model.layers));
  });

  it('ends early when the validation loss does not become better', async () => {
    const { history } = await trained({ epochs: 30, learningRate: 1e-8, patience: 2, schedule: 'constant' });
    assert.ok(history.length < 30);
  });

  it('ends at an accuracy, after a time, and with a model when it is stopped', async () => {
    const accurate = await trained({ epochs: 30, stopAtAccuracy: 0.1, validationSplit: 0 });
    const accuracies = accurate.history.map(({ accuracy }) => accuracy);
    assert.ok(accuracies.length < 30);
    assert.equal(
      accuracies.findIndex((accuracy) => accuracy >= 0.1),
      accuracies.length - 1,
    );
    let time = 0;
    const timed = await trained({ epochs: 30, stopAfterMinutes: 2 }, {}, { now: () => (time += 5000) });
    assert.deepEqual([timed.outcome, timed.history.length < 30], ['finished', true]);
    let steps = 0;
    const stopped = await trained({}, {}, { ending: () => (++steps > 8 ? 'stop' : undefined) });
    assert.deepEqual([stopped.outcome, stopped.history.length], ['stopped', 1]);
    assert.equal(stopped.best?.epoch, 1);
  });

  it('ends in the middle of a validation, and goes on from there as if it had not', async () => {
    const settings = { epochs: 2 };
    const whole = await trained(settings);
    const endsWhen = (validations: number, how: 'pause' | 'stop'): TrainingEvents & { ending(): unknown } => {
      let seen = 0;
      return {
        onPhase: (phase) => void (seen += phase === 'validating' ? 1 : 0),
        ending: () => (seen === validations ? how : undefined),
      };
    };
    let kept: RunCheckpoint | undefined;
    const paused = await trainNetwork(await job(settings), {
      ...endsWhen(1, 'pause'),
      onEpoch: () => assert.fail('the epoch is not validated'),
      onCheckpoint: (saved) => Promise.resolve(void (kept = structuredClone(saved))),
    });
    assert.deepEqual([paused.outcome, paused.history, kept?.position.batch], ['paused', [], 6]);
    const { model, history } = await trainNetwork(await job(settings), {}, kept);
    assert.ok(model);
    assert.deepEqual(withoutTime(history), withoutTime(whole.history));
    assert.deepEqual(await weightsOf(model.layers), await weightsOf(whole.model.layers));

    const stopped = await trained(settings, {}, endsWhen(2, 'stop'));
    assert.deepEqual([stopped.outcome, stopped.history.length, stopped.best?.epoch], ['stopped', 1, 1]);
  });

  it('saves a checkpoint every two minutes', async () => {
    let time = 0;
    const positions: string[] = [];
    await trained(
      { epochs: 2 },
      {},
      {
        now: () => (time += 20_000),
        onCheckpoint: async ({ position }) => {
          positions.push(`${position.history.length}:${position.batch}`);
          await Promise.resolve();
        },
      },
    );
    assert.deepEqual(positions.filter((each) => !each.endsWith(':0')).length > 1, true, positions.join(' '));
    assert.deepEqual(
      positions.filter((each) => each.endsWith(':0')),
      ['1:0', '2:0'],
    );
  });

  it('learns with every loss, smoothing and balancing', async () => {
    for (const loss of LOSSES) {
      const { history } = await trained({
        loss,
        labelSmoothing: 0.1,
        classBalancing: 'weights',
        epochs: 3,
        augmentation: NO_AUGMENTATION,
      });
      assert.ok((history.at(-1)?.loss ?? Infinity) < 0.95 * (history[0]?.loss ?? 0), loss);
    }
  });

  it('draws weights towards 0 by weight decay, with AdamW apart from the gradient', async () => {
    const size = async (settings: Partial<RunSettings>) => {
      const { model } = await trained({ ...settings, epochs: 2, validationSplit: 0 });
      const kernels = model.layers.getWeights().filter(({ shape }) => shape.length > 1);
      let sum = 0;
      for (const kernel of kernels) for (const value of await kernel.data()) sum += value ** 2;
      return Math.sqrt(sum);
    };
    const plain = await size({});
    assert.ok((await size({ weightDecay: 0.1 })) < 0.9 * plain);
    assert.ok((await size({ optimizer: 'adamw', weightDecay: 1 })) < 0.97 * plain);
    assert.equal(await size({ optimizer: 'adamw' }), plain);
  });

  it('says so when the loss is no number any more', async () => {
    const network: Network = {
      name: 'n',
      input: [28, 28, 1],
      layers: [{ type: 'flatten' }, { type: 'dense', units: 9 }],
    };
    const settings = { ...SETTINGS, optimizer: 'sgd' as const, learningRate: 1e30 };
    await assert.rejects(
      trained(settings, { run: { name: 'n', network, settings } }),
      (error) => error instanceof ModelError && /lower learning rate/.test(error.message),
    );
  });

  it('trains on pictures of another size than the network takes, and reads with it', async () => {
    const dataset = await openDataset(DATASET);
    const network: Network = { ...NETWORK, input: [20, 20, 1] };
    const file = {
      name: 'small',
      network,
      settings: { ...SETTINGS, epochs: 8, augmentation: NO_AUGMENTATION },
    };
    const { model } = await trainNetwork({ dataset, run: file, backend: 'wasm', threads: { threads: 0 } });
    assert.ok(model);
    assert.deepEqual(model.card.preprocessing, { kind: 'emnist', height: 20, width: 20 });
    const { accuracy } = await evaluate(model, dataset, await dataset.load('test'), 'all');
    assert.ok(accuracy > 4 / 47, `accuracy ${accuracy}`);
    const ink: Ink = [
      [
        [0, 0],
        [9, 90],
      ],
    ];
    const { picture } = await recognizeInk(model, ink, { alphabet: 'all', top: 1 });
    assert.deepEqual(picture.pixels, rasterize(ink, { side: 20 }));
  });

  it('refuses a network that cannot work, and one that takes other than square gray pictures', async () => {
    const refuses = (network: Network, sentence: RegExp) =>
      assert.rejects(
        trained({}, { run: { name: 'n', network, settings: SETTINGS } }),
        (error) => error instanceof NetworkError && sentence.test(error.message),
      );
    const pools = Array.from({ length: 6 }, () => ({ type: 'maxPooling2d' as const }));
    await refuses({ ...NETWORK, layers: pools }, /Layer 5/);
    await refuses({ ...NETWORK, input: [28, 20, 1] }, /takes 28x20x1, but samples are square and gray/);
    await refuses({ ...NETWORK, input: [28, 28, 3] }, /takes 28x28x3/);
  });

  it('refuses a damaged checkpoint', async () => {
    const file = path.join(folder, 'checkpoint.bin');
    await writeFile(file, 'no checkpoint');
    await assert.rejects(readCheckpoint(file), ModelError);
  });

  it('a saved model gives what it gave, in half precision nearly so', async () => {
    const dataset = await openDataset(DATASET);
    const { model } = await trained({ epochs: 2 });
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
    const target = path.join(folder, 'model');
    await saveModel(target, (await trained({ epochs: 1 })).model);
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

  it('are restricted to the alphabet, renormalized and in order', () => {
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
