import assert from 'node:assert/strict';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { EnsembleModel } from '../../../src/engine/models/ensembleModel';
import type { LoadedModel, PictureBatch } from '../../../src/engine/models/loadedModel';
import type { Card } from '../../../src/models/card';
import { ModelError } from '../../../src/models/errors';
import { tinyModel } from './tinyModel';

const CLASSES = ['A', 'B', 'C'];
const NO_PICTURES: PictureBatch = { pixels: new Uint8Array(), count: 2, height: 0, width: 0 };

/** A model that always says the same. */
function saying(classes: string[], ...rows: number[][]): LoadedModel {
  const { card } = tinyModel('told', { classes });
  return {
    card,
    probabilities: () => Promise.resolve(Float32Array.from(rows.flat())),
    embeddings: () => Promise.resolve({ width: classes.length, values: Float32Array.from(rows.flat()) }),
    dispose: () => undefined,
  };
}

const cardOf = (classes = CLASSES): Card => tinyModel('all', { classes }).card;

const near = (actual: ArrayLike<number>, expected: number[]) => {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, at) =>
    assert.ok(Math.abs((actual[at] ?? NaN) - value) < 1e-6, `${String(at)}: ${String(actual[at])}`),
  );
};

describe('an ensemble', () => {
  before(() => startWasm());

  it("averages its members' probabilities, each by the names of its own classes", async () => {
    const members = [
      saying(CLASSES, [0.7, 0.2, 0.1], [0.1, 0.1, 0.8]),
      saying(['C', 'A', 'B'], [0.6, 0.3, 0.1], [0.5, 0.25, 0.25]),
    ];
    const answer = await new EnsembleModel(cardOf(), members, 'average').probabilities(NO_PICTURES);
    near(answer, [0.5, 0.15, 0.35, 0.175, 0.175, 0.65]);
  });

  it('gives the class of most votes, and of equally many the one of the greater mean', async () => {
    const members = [
      saying(CLASSES, [0.4, 0.35, 0.25], [0.9, 0.1, 0]),
      saying(CLASSES, [0.4, 0.35, 0.25], [0.1, 0.6, 0.3]),
      saying(CLASSES, [0, 1, 0], [0.1, 0.2, 0.7]),
    ];
    const answer = await new EnsembleModel(cardOf(), members, 'vote').probabilities(NO_PICTURES);
    const rows = [answer.subarray(0, 3), answer.subarray(3)];
    // two of three votes for A although the mean is for B; a vote each, and the mean is for A
    assert.deepEqual(
      rows.map((row) => row.indexOf(Math.max(...row))),
      [0, 0],
    );
    for (const row of rows) assert.ok(Math.abs(row.reduce((sum, each) => sum + each, 0) - 1) < 1e-6);
    near(rows[0] ?? [], [
      0.875 * (2 / 3) + 0.125 * (0.8 / 3),
      0.875 / 3 + 0.125 * (1.7 / 3),
      0.125 * (0.5 / 3),
    ]);
  });

  it('is what its networks say one by one, whatever the size of their input', async () => {
    const models = [
      tinyModel('a', { seed: 1 }),
      tinyModel('b', { seed: 2 }),
      tinyModel('c', { seed: 3, side: 40 }),
    ];
    const pixels = Uint8Array.from({ length: 3 * 784 }, (_, at) => (at * 37) % 256);
    const batch = { pixels, count: 3, height: 28, width: 28 };
    const alone = await Promise.all(models.map((model) => model.probabilities(batch)));
    const together = await new EnsembleModel(cardOf(), models, 'average').probabilities(batch);
    near(
      together,
      Array.from(together, (_, at) => alone.reduce((sum, each) => sum + (each[at] ?? 0), 0) / 3),
    );
    for (const model of models) model.dispose();
  });

  it('refuses members of other classes by name', () => {
    assert.throws(
      () => new EnsembleModel(cardOf(), [tinyModel('odd', { classes: ['A', 'B', 'x'] })], 'vote'),
      (error) => error instanceof ModelError && /"odd" has other classes/.test(error.message),
    );
    assert.throws(
      () => new EnsembleModel(cardOf(), [tinyModel('few', { classes: ['A', 'B'] })], 'vote'),
      ModelError,
    );
  });
});
