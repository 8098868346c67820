import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import assert from 'node:assert/strict';
import { Random } from '../../../../src/base/random';
import { inkDataset } from '../../../../src/datasets/formats/inkDataset';
import { NotInKernels, readLineChain } from '../../../../src/engine/backends/kernels/chain';
import { LineMachine } from '../../../../src/engine/backends/kernels/lineMachine';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import type { RunCheckpoint } from '../../../../src/engine/training/checkpoint';
import { freeze } from '../../../../src/engine/training/fineTune';
import { buildLineModel } from '../../../../src/engine/training/lines/buildLineModel';
import { chooseLineTrainer } from '../../../../src/engine/training/lines/chooseLineTrainer';
import { ctcLoss } from '../../../../src/engine/training/lines/ctcLoss';
import { checkLineModel } from '../../../../src/engine/training/lines/kernelLineCheck';
import { KernelLineTrainer } from '../../../../src/engine/training/lines/kernelLineTrainer';
import type { LineBatch, LineLearner } from '../../../../src/engine/training/lines/lineLearner';
import { targetsOf } from '../../../../src/engine/training/lines/lineLearner';
import { LineTrainer } from '../../../../src/engine/training/lines/lineTrainer';
import { trainLineNetwork, type LineRunJob } from '../../../../src/engine/training/lines/trainLineNetwork';
import type { LineLayer, LineNetwork } from '../../../../src/networks/lineNetwork';
import { SCRAWL_LINE } from '../../../../src/networks/scrawlLine';
import { settingsFor } from '../../../../src/runs/presetSettings';
import { TINY_LINE, written } from '../lines/shapes';
import { randomNumbers } from '../tensors';

const CLASSES = 6;
const FEATURES = 3;
const THREADS = 2;
const OPTIONS = { weightDecay: 0.01, averageDecay: 0.9, clipNorm: 2 };
const STEPS = 20;
/** As far as two backends may be apart. */
const TOLERANCE = 1e-3;

const convolution: LineLayer = { type: 'conv1d', filters: 8, kernelSize: 5, strides: 2, padding: 'same' };
const normalization: LineLayer = { type: 'batchNormalization' };
const relu: LineLayer = { type: 'activation', activation: 'relu' };

/** What the kernels must do for lines, by what is hard about it. */
const HARD: Readonly<Record<string, LineLayer[]>> = {
  'two residual blocks with normalization': [
    convolution,
    normalization,
    relu,
    ...[7, 4].flatMap((kernelSize): LineLayer[] => [
      {
        type: 'residual',
        layers: [
          { type: 'conv1d', filters: 12, kernelSize, padding: 'same', useBias: false },
          normalization,
          relu,
          { type: 'conv1d', filters: 8, kernelSize: 3, padding: 'same', useBias: false },
          normalization,
        ],
      },
      relu,
    ]),
    { ...convolution, kernelSize: 3 },
  ],
  'a block that ends in a rectifier, and channels that fill no vectors': [
    { ...convolution, filters: 6, strides: 4, kernelSize: 9 },
    {
      type: 'residual',
      layers: [
        { type: 'conv1d', filters: 7, kernelSize: 4, padding: 'same', activation: 'relu' },
        { type: 'conv1d', filters: 6, kernelSize: 1, activation: 'relu' },
      ],
    },
    { type: 'residual', layers: [{ type: 'conv1d', filters: 6, kernelSize: 3, padding: 'same' }, relu] },
  ],
  'wide layers': [
    { ...convolution, filters: 84, strides: 4, activation: 'relu' },
    {
      type: 'residual',
      layers: [
        { type: 'conv1d', filters: 70, kernelSize: 3, padding: 'same', activation: 'relu' },
        { type: 'conv1d', filters: 84, kernelSize: 2, padding: 'same' },
      ],
    },
    relu,
  ],
  'poolings and normalization of each frame': [
    { type: 'conv1d', filters: 8, kernelSize: 4, padding: 'same', activation: 'tanh' },
    { type: 'maxPooling1d' },
    { type: 'layerNormalization' },
    { type: 'averagePooling1d', poolSize: 2 },
    { type: 'residual', layers: [{ type: 'conv1d', filters: 8, kernelSize: 3, padding: 'same' }] },
    { type: 'activation', activation: 'elu' },
  ],
};
const NETWORKS = Object.entries(HARD).map(([name, layers]): LineNetwork => ({
  name,
  input: [null, FEATURES],
  layers,
}));
const [NETWORK] = NETWORKS as [LineNetwork];

/** Lines of any length up to the batch's, of which one is too short for its label. */
function batchOf(seed: number, lines: number, points: number, features = FEATURES): LineBatch {
  const random = new Random(seed);
  const lengths = Array.from({ length: lines }, (_, line) => points - 7 * line);
  const x = randomNumbers(lines * points * features, seed);
  lengths.forEach((length, line) =>
    x.fill(0, (line * points + length) * features, (line + 1) * points * features),
  );
  const labels = lengths.map((_, line) =>
    Array.from({ length: line === 1 ? 70 : 2 + random.integer(4) }, () => random.integer(CLASSES - 1)),
  );
  return { x, lines, points, lengths, labels };
}

/** Shapes as they come: longer, shorter, fewer, and one that was there before. */
const BATCHES = [batchOf(1, 4, 96), batchOf(2, 3, 256), batchOf(3, 5, 64), batchOf(4, 4, 96)];

const variableOf = (weight: LayersModel['weights'][number]) =>
  (weight as unknown as { val: tf.Variable }).val;

/** A model whose weights, biases and statistics are random, as after some steps. */
function modelOf(network: LineNetwork): LayersModel {
  const model = buildLineModel(network, CLASSES, 3);
  const values = model.weights.map(({ name, shape }, index) => {
    const size = shape.reduce<number>((product, side) => product * (side ?? 1), 1);
    const middle = /gamma|variance/.test(name) ? 1 : 0;
    return tf.tensor(
      randomNumbers(size, 2 + index).map((value) => middle + 0.3 * value),
      shape as number[],
    );
  });
  model.setWeights(values);
  tf.dispose(values);
  return model;
}

const size = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function losses(trainer: LineLearner, from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => {
    const batch = BATCHES[(from + index) % BATCHES.length] as LineBatch;
    return trainer.step(batch, 0.01 / (1 + (from + index) / 10)).loss;
  });
}

function assertNear(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((each, index) => {
    const wanted = expected[index] ?? NaN;
    assert.ok(Math.abs(each - wanted) < TOLERANCE, `step ${index}: ${each}, not ${wanted}`);
  });
}

describe("the kernels' gradients of lines", function () {
  this.timeout(120_000);
  before(() => startWasm());
  beforeEach(() => tf.setBackend('cpu'));
  afterEach(() => tf.setBackend('wasm'));

  for (const network of NETWORKS) {
    for (const threads of [1, 3]) {
      it(`of ${network.name} are those of the cpu backend, on ${threads} threads`, async () => {
        const model = modelOf(network);
        const machine = await LineMachine.start(readLineChain(model), threads, { lines: 5, points: 256 });
        for (const each of machine.parameters) machine.bring(each, await each.variable.data());
        const variables = model.trainableWeights.map(variableOf);
        for (const batch of BATCHES) {
          const { logits } = machine.forward(batch, 1);
          const { loss, theirs, expected } = tf.tidy(() => {
            let slopes: Record<'logits' | 'gradient', Float32Array> = {
              logits: new Float32Array(),
              gradient: new Float32Array(),
            };
            const { value, grads } = tf.variableGrads(() => {
              const input = tf.tensor3d(batch.x, [batch.lines, batch.points, FEATURES]);
              const output = model.apply(input, { training: true }) as tf.Tensor3D;
              const found = ctcLoss(output, targetsOf(batch));
              const own = tf.grad((x) => ctcLoss(x as tf.Tensor3D, targetsOf(batch)).loss)(output);
              slopes = { logits: output.dataSync<'float32'>(), gradient: own.dataSync<'float32'>() };
              return found.loss;
            }, variables);
            return {
              loss: value.dataSync()[0] ?? NaN,
              theirs: variables.map(({ name }) => grads[name]?.dataSync<'float32'>() ?? new Float32Array()),
              expected: slopes,
            };
          });
          assert.ok(Number.isFinite(loss));
          assert.ok(size(logits.map((each, i) => each - (expected.logits[i] ?? NaN))) < 1e-4);
          machine.backward(expected.gradient, 1);
          const largest = Math.max(...theirs.map(size));
          variables.forEach((variable, index) => {
            const parameter = machine.parameters.find((each) => each.variable === variable);
            assert.ok(parameter);
            const ours = machine.gradientOf(parameter);
            const wanted = theirs[index] ?? new Float32Array();
            const apart = size(wanted.map((each, i) => each - (ours[parameter.places[i] ?? -1] ?? NaN)));
            assert.ok(apart / largest < 2e-5, `${variable.name} is ${apart / largest} apart`);
          });
        }
        await machine.dispose();
        model.dispose();
      });
    }
  }
});

describe('training of lines by the kernels', function () {
  this.timeout(120_000);
  before(() => startWasm());

  for (const network of NETWORKS) {
    it(`has the losses of TensorFlow.js' steps (${network.name}), its judgments and its average`, async () => {
      const models = [buildLineModel(network, CLASSES, 3), buildLineModel(network, CLASSES, 3)] as const;
      const theirs = new LineTrainer(models[0], new Random(5), OPTIONS);
      const ours = await KernelLineTrainer.start(models[1], new Random(5), OPTIONS, THREADS);
      assertNear(losses(ours, 0, STEPS), losses(theirs, 0, STEPS));
      const judged = batchOf(9, 4, 128);
      const judgedAlike = (a: LineLearner, b: LineLearner) => {
        const [own, other] = [a.judge(judged), b.judge(judged)];
        assert.equal(own.losses[1], Infinity);
        const finite = (all: Float64Array) => [...all].filter((each) => Number.isFinite(each));
        assertNear(
          finite(own.losses).map((loss) => loss / 10),
          finite(other.losses).map((loss) => loss / 10),
        );
        assert.equal(own.right, other.right);
      };
      judgedAlike(ours, theirs);
      await ours.withAverage(async () => {
        await theirs.withAverage(() => Promise.resolve(judgedAlike(ours, theirs)));
        const averaged = new LineTrainer(models[1], new Random(5), OPTIONS);
        judgedAlike(ours, averaged);
        averaged.dispose();
      });
      ours.finish();
      const learned = new LineTrainer(models[1], new Random(5), OPTIONS);
      judgedAlike(learned, ours);
      await ours.dispose();
      for (const each of [theirs, learned]) each.dispose();
      for (const model of models) model.dispose();
    });
  }

  it('goes on from what TensorFlow.js saved, and TensorFlow.js from what it saved', async () => {
    const make = () => new LineTrainer(buildLineModel(NETWORK, CLASSES, 3), new Random(5), OPTIONS);
    const [whole, theirs, again] = [make(), make(), make()];
    const expected = losses(whole, 0, STEPS);
    const first = losses(theirs, 0, 9);
    const model = buildLineModel(NETWORK, CLASSES, 3);
    const ours = await KernelLineTrainer.start(model, new Random(5), OPTIONS, THREADS);
    ours.restore(structuredClone(await theirs.save()));
    const second = losses(ours, 9, 14);
    again.restore(structuredClone(await ours.save()));
    assertNear([...first, ...second, ...losses(again, 14, STEPS)], expected);
    await ours.dispose();
    model.dispose();
    for (const each of [whole, theirs, again]) {
      each.dispose();
      each.model.dispose();
    }
  });

  it('goes on bit for bit from what it saved', async () => {
    const layers: LineLayer[] = [...NETWORK.layers, { type: 'dropout', rate: 0.2 }];
    const models = [1, 2, 3].map(() => buildLineModel({ ...NETWORK, layers }, CLASSES, 3));
    const [whole, first, second] = (await Promise.all(
      models.map((model) => KernelLineTrainer.start(model, new Random(5), OPTIONS, THREADS)),
    )) as [KernelLineTrainer, KernelLineTrainer, KernelLineTrainer];
    const expected = losses(whole, 0, STEPS);
    losses(first, 0, 11);
    second.restore(structuredClone(await first.save()));
    assert.deepEqual(losses(second, 11, STEPS), expected.slice(11));
    assert.deepEqual(await second.save(), await whole.save());
    await Promise.all([whole, first, second].map((each) => each.dispose()));
    for (const model of models) model.dispose();
  });

  it('drops other values in each step, and none where it judges', async () => {
    const layers: LineLayer[] = [convolution, convolution, { type: 'dropout', rate: 0.5 }];
    const model = buildLineModel({ name: 'dropping', input: [null, FEATURES], layers }, CLASSES, 3);
    const ours = await KernelLineTrainer.start(model, new Random(5), OPTIONS, THREADS);
    const batch = BATCHES[0] as LineBatch;
    assert.deepEqual(ours.judge(batch), ours.judge(batch));
    const dropped = Array.from({ length: 10 }, () => ours.step(batch, 0).loss);
    assert.equal(new Set(dropped).size, dropped.length);
    await ours.dispose();
    model.dispose();
  });

  it('has scrawl-line, in no more memory than its largest batch takes', async () => {
    const model = buildLineModel(SCRAWL_LINE, 95, 1);
    const wanted = { backend: 'wasm', kernels: true };
    const { trainer, computes, note } = await chooseLineTrainer(model, 1, OPTIONS, wanted);
    assert.deepEqual([computes, note], ['kernels', undefined]);
    assert.ok(trainer instanceof KernelLineTrainer);
    const bytes = () => trainer.bytes;
    const [, features] = SCRAWL_LINE.input;
    trainer.judge(batchOf(1, 2, 96, features));
    const small = bytes();
    trainer.judge(batchOf(1, 4, 160, features));
    const large = bytes();
    trainer.judge(batchOf(1, 2, 96, features));
    assert.ok(small < large);
    assert.equal(bytes(), large);
    await trainer.dispose();
    model.dispose();
  });

  it('leaves other networks to TensorFlow.js and says why', async () => {
    const others: readonly (readonly [RegExp, LineLayer[]])[] = [
      [/since it begins with neither a convolution nor a dense layer\.$/, [normalization]],
      [
        /since what residual_2 adds is no residual block that begins with a convolution\.$/,
        [convolution, { type: 'residual', layers: [{ type: 'batchNormalization' }] }],
      ],
      [/since nothing is left of its shortest lines\.$/, [{ type: 'conv1d', filters: 4, kernelSize: 40 }]],
    ];
    for (const [sentence, layers] of others) {
      const model = buildLineModel({ name: 'other', input: [null, FEATURES], layers }, CLASSES, 1);
      const wanted = { backend: 'wasm', kernels: true };
      const { trainer, computes, note } = await chooseLineTrainer(model, 1, OPTIONS, wanted);
      assert.equal(computes, 'wasm');
      assert.match(note ?? '', sentence);
      await trainer.dispose();
      model.dispose();
    }
    const model = buildLineModel(NETWORK, CLASSES, 1);
    freeze(model, 'conv1d_1', 'model');
    assert.throws(() => readLineChain(model), /conv1d_1 does not learn/);
    model.dispose();
  });

  it('is not taken where its numbers are wrong', async () => {
    const model = buildLineModel(NETWORK, CLASSES, 1);
    const usual = new LineTrainer(model, new Random(5), OPTIONS);
    const ours = await KernelLineTrainer.start(model, new Random(5), OPTIONS, THREADS);
    checkLineModel(usual, ours);
    ours.restoreWeights((await ours.saveWeights()).map((list) => list.map((value) => 1.5 * value)));
    assert.throws(() => checkLineModel(usual, ours), NotInKernels);
    await ours.dispose();
    usual.dispose();
    model.dispose();
  });
});

describe('a run on lines by the kernels', function () {
  this.timeout(120_000);
  before(() => startWasm());

  function job(epochs: number): LineRunJob {
    const settings = settingsFor('scrawl-line', { learningRate: 0.01, batchSize: 8, epochs });
    const dataset = inkDataset('shapes', written(80, 1));
    const run = { name: 'Shapes', network: TINY_LINE, settings };
    return { dataset, run, backend: 'wasm', kernels: true };
  }

  it('learns to read them, and its card says what trained it', async () => {
    const told: unknown[] = [];
    const onTrainer = (...what: unknown[]) => told.push(what);
    const { model, history } = await trainLineNetwork({ ...job(12), onTrainer });
    assert.equal(model?.card.backend, 'kernels');
    assert.deepEqual(told, [['kernels', undefined]]);
    assert.ok((history.at(-1)?.validationAccuracy ?? 0) > 0.8, JSON.stringify(history.at(-1)));
    model.dispose();
  });

  it('goes on from its checkpoint bit for bit', async () => {
    const weightsOf = ({ model }: Awaited<ReturnType<typeof trainLineNetwork>>) =>
      model?.layers.getWeights().map((each) => each.dataSync());
    const whole = await trainLineNetwork(job(2));
    let checkpoint: RunCheckpoint | undefined;
    let steps = 0;
    const paused = await trainLineNetwork(job(2), {
      ending: () => (++steps === 7 ? 'pause' : undefined),
      onCheckpoint: (saved) => Promise.resolve(void (checkpoint = structuredClone(saved))),
    });
    assert.equal(paused.outcome, 'paused');
    const resumed = await trainLineNetwork(job(2), {}, checkpoint);
    assert.deepEqual(weightsOf(resumed), weightsOf(whole));
    for (const { model } of [whole, resumed]) model?.dispose();
  });
});
