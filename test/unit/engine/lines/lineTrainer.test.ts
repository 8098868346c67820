import assert from 'node:assert/strict';
import { Random } from '../../../../src/base/random';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import { AdamW } from '../../../../src/engine/training/lines/adamW';
import { buildLineModel } from '../../../../src/engine/training/lines/buildLineModel';
import { fits, type LineBatch } from '../../../../src/engine/training/lines/lineLearner';
import { LineTrainer } from '../../../../src/engine/training/lines/lineTrainer';
import type { LineNetwork } from '../../../../src/networks/lineNetwork';

const NETWORK: LineNetwork = {
  name: 'tiny',
  input: [null, 3],
  layers: [
    { type: 'conv1d', filters: 8, kernelSize: 4, strides: 4, padding: 'same', useBias: false },
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
    { type: 'residual', layers: [{ type: 'conv1d', filters: 8, kernelSize: 3, padding: 'same' }] },
    { type: 'dropout', rate: 0.1 },
  ],
};
const CLASSES = 4;

/** Lines whose first number says what is written: 16 points a character. */
function batchOf(seed: number): LineBatch {
  const random = new Random(seed);
  const labels = Array.from({ length: 6 }, () =>
    Array.from({ length: 2 + random.integer(3) }, () => random.integer(3)),
  );
  const points = 4 * 16;
  const x = new Float32Array(labels.length * points * 3);
  labels.forEach((label, line) =>
    label.forEach((character, place) => {
      for (let i = 4; i < 12; i++) x[(line * points + place * 16 + i) * 3 + character] = 1;
    }),
  );
  return { x, lines: labels.length, points, lengths: labels.map(({ length }) => 16 * length), labels };
}

function trainer(): LineTrainer {
  const options = { weightDecay: 0.01, averageDecay: 0.9, clipNorm: 2 };
  return new LineTrainer(buildLineModel(NETWORK, CLASSES, 3), new Random(5), options);
}

describe('training on lines', () => {
  before(() => startWasm());

  it('learns what is written', () => {
    const learner = trainer();
    const first = learner.step(batchOf(1), 0.01).loss;
    let last = first;
    for (let step = 2; step < 80; step++) last = learner.step(batchOf(step), 0.01).loss;
    assert.ok(first > 1 && last < 0.2, `${first} to ${last}`);
    const { losses, right } = learner.judge(batchOf(1000));
    assert.ok(losses.every((loss) => loss < 2));
    assert.ok(right >= 5);
    learner.dispose();
    learner.model.dispose();
  });

  it('goes on bit for bit from what was saved', async () => {
    const [whole, first, second] = [trainer(), trainer(), trainer()];
    for (let step = 0; step < 20; step++) whole.step(batchOf(step), 0.01);
    for (let step = 0; step < 11; step++) first.step(batchOf(step), 0.01);
    second.restore(structuredClone(await first.save()));
    for (let step = 11; step < 20; step++) second.step(batchOf(step), 0.01);
    assert.deepEqual(await second.save(), await whole.save());
    for (const each of [whole, first, second]) {
      each.dispose();
      each.model.dispose();
    }
  });

  it('leaves out a line whose label does not fit', () => {
    const learner = trainer();
    const batch = batchOf(1);
    const labels = batch.labels.map((label, line) =>
      line === 2 ? Array.from({ length: 40 }, () => 1) : label,
    );
    const { loss, losses } = learner.step({ ...batch, labels }, 0.01);
    assert.equal(losses[2], Infinity);
    assert.ok(Number.isFinite(loss));
    assert.ok(fits(16, [1, 2, 1]) && !fits(16, [1, 1, 1]));
    learner.dispose();
    learner.model.dispose();
  });
});

describe('AdamW', () => {
  it('takes the first step of the learning rate against the gradient, whatever its length', () => {
    const weights = [Float32Array.of(1, 2, 3)];
    new AdamW([3]).step(weights, [Float32Array.of(0.001, -70, 0)], {
      learningRate: 0.1,
      decays: [0],
      scale: 1,
    });
    const [first = NaN, second = NaN, third = NaN] = weights[0] ?? [];
    assert.ok(Math.abs(first - 0.9) < 1e-3 && Math.abs(second - 2.1) < 1e-3 && third === 3);
  });

  it('lets weights decay by themselves', () => {
    const weights = [Float32Array.of(2)];
    new AdamW([1]).step(weights, [Float32Array.of(0)], { learningRate: 0.1, decays: [0.5], scale: 1 });
    assert.ok(Math.abs((weights[0]?.[0] ?? NaN) - 1.9) < 1e-6);
  });
});
