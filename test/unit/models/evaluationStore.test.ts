import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { readEvaluation, writeEvaluation, type EvaluationKey } from '../../../src/evaluations/evaluationFile';
import { EvaluationStore } from '../../../src/evaluations/evaluationStore';
import { ModelError } from '../../../src/models/errors';
import { Predictions } from '../../../src/evaluations/predictions';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';

const KEY: EvaluationKey = { model: 'a'.repeat(64), dataset: 'b'.repeat(64), split: 'test', part: '' };

function evaluation(
  key = KEY,
  signs: readonly string[] = ['<', '&'],
  writers?: readonly (string | undefined)[],
): Buffer {
  const predictions = Predictions.empty(3, 2);
  predictions.write(0, Float32Array.of(0.25, 0.75, 1, 0, 1e-30, 0.5));
  return writeEvaluation({
    header: {
      key,
      modelName: 'Mine',
      outputs: ['<', '&'],
      datasetId: 'signs',
      classes: [...signs],
      covers: [...signs],
      of: key.split,
      backend: 'wasm',
      milliseconds: 12,
      created: '2026-01-02T03:04:05.000Z',
    },
    places: Uint32Array.of(1, 5, 70_000),
    labels: Uint16Array.of(0, 1, 1),
    predictions,
    writers,
  });
}

describe('the file of an evaluation', () => {
  it('of more classes than there is room for how often each is taken for each is refused in a sentence', () => {
    const signs = Array.from({ length: 8000 }, (_, at) => String(at));
    assert.throws(
      () => readEvaluation(evaluation(KEY, signs)),
      (error) =>
        error instanceof ModelError &&
        /more than 5,000 classes, .*: evaluate on fewer\.$/.test(error.message),
    );
  });
});

describe('the store of evaluations', () => {
  let home: string;
  let store: EvaluationStore;
  beforeEach(async () => {
    home = await makeScratchFolder();
    store = new EvaluationStore(home);
  });
  afterEach(() => removeScratchFolder(home));

  it('gives back what it was given: probabilities near 1, and 30 places behind the point', async () => {
    await store.write(KEY, evaluation());
    const read = await store.read(KEY);
    assert.deepEqual([...(read?.places ?? [])], [1, 5, 70_000]);
    assert.deepEqual([...(read?.labels ?? [])], [0, 1, 1]);
    const shares = new Float32Array(2);
    const rows = [0, 1, 2].map((row) => {
      read?.predictions.read(row, shares);
      return [...shares];
    });
    [0.25, 0.75, 1, 0, 1e-30, 0.5].forEach((expected, index) => {
      const actual = rows.flat()[index] ?? NaN;
      assert.ok(Math.abs(actual - expected) <= 0.02 * expected, `${String(actual)}, not ${String(expected)}`);
    });
  });

  it('says who wrote the samples, but where an older Scrawl kept it', () => {
    const written = readEvaluation(evaluation(KEY, ['<', '&'], ['Ann', undefined, 'Bob']));
    assert.deepEqual(written.writers, ['Ann', undefined, 'Bob']);
    assert.deepEqual([...written.predictions.logs], [...readEvaluation(evaluation()).predictions.logs]);
    assert.deepEqual(readEvaluation(evaluation(KEY, ['<', '&'], [undefined, undefined])).writers, []);
    assert.equal(readEvaluation(evaluation()).writers, undefined);
    const long = ['a'.repeat(2 ** 20), 'b', 'c'];
    assert.deepEqual(readEvaluation(evaluation(KEY, ['<', '&'], long)).writers, [], 'no room for names');
  });

  it('has none for another model, dataset, split, part or backend', async () => {
    await store.write(KEY, evaluation());
    const others = [
      { model: 'c'.repeat(64) },
      { dataset: 'c'.repeat(64) },
      { split: 'train' as const },
      { part: '0.1 1' },
      { backend: 'wasm' },
    ];
    for (const change of others) assert.equal(await store.read({ ...KEY, ...change }), undefined);
    // whose place is taken by another's file
    const other = { ...KEY, part: 'another' };
    await writeFile(store.file(other), evaluation());
    assert.equal(await store.read(other), undefined);
  });

  it('takes a file that is truncated, changed or something else for none', async () => {
    const file = await store.write(KEY, evaluation());
    const whole = await readFile(file);
    for (let bytes = 0; bytes < whole.length; bytes += 7) {
      await writeFile(file, whole.subarray(0, bytes));
      assert.equal(await store.read(KEY), undefined, String(bytes));
    }
    for (const at of [0, 9, 40, whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await writeFile(file, changed);
      assert.equal(await store.read(KEY), undefined, String(at));
    }
    await writeFile(file, Buffer.concat([whole, Buffer.alloc(1)]));
    assert.equal(await store.read(KEY), undefined);
    const long = Buffer.from(whole);
    long.writeUInt32LE(0xffffffff, 8);
    assert.throws(() => readEvaluation(long), ModelError);
  });
});
