import assert from 'node:assert/strict';
import { answersOf } from '../../../src/metrics/answers';
import { compare } from '../../../src/metrics/comparison';
import { figuresOf } from '../../../src/metrics/figures';
import { judge, type PredictedRows } from '../../../src/metrics/judgment';
import { judgeSplit } from '../../../src/metrics/judgeSplit';
import { wilsonInterval } from '../../../src/metrics/interval';
import { writerAccuracies } from '../../../src/metrics/writers';
import { wrongAndSure } from '../../../src/metrics/wrongAndSure';

const rowsOf = (...rows: number[][]): PredictedRows => ({
  count: rows.length,
  width: rows[0]?.length ?? 0,
  read: (row, into) => {
    into.set(rows[row] ?? []);
  },
});

const ALL = [true, true, true, true];

describe('what a model is judged by', () => {
  const outputs = ['0', 'O', 'c', 'C'];

  it("are the dataset's classes, then what else the model may give", () => {
    const answers = answersOf(outputs, ALL, { classes: ['C', 'sin', '0'], covers: ['Cc', 'sin', '0'] });
    assert.deepEqual(
      answers.map(({ name, outputs: given }) => [name, given]),
      [
        ['C', [2, 3]],
        ['0', [0]],
        ['O', [1]],
      ],
    );
  });

  it('takes case, and 0 and O, as one where it is told so', () => {
    const classes = ['0', 'C', 'c'];
    const answers = answersOf(outputs, ALL, { classes, covers: classes }, true);
    assert.deepEqual(
      answers.map(({ name, labels, outputs: given }) => [name, labels, given]),
      [
        ['0O', [0], [0, 1]],
        ['Cc', [1, 2], [3, 2]],
      ],
    );
  });

  it('leaves out what the alphabet does not allow', () => {
    const answers = answersOf(outputs, [true, false, false, false], {
      classes: ['0', 'C'],
      covers: ['0', 'C'],
    });
    assert.deepEqual(
      answers.map(({ name }) => name),
      ['0'],
    );
  });
});

describe('a judgment', () => {
  const CLASSES = ['a', 'b', 'c', 'd'];
  const answers = answersOf(CLASSES, ALL, { classes: CLASSES, covers: CLASSES });
  const rows = rowsOf([0.7, 0.1, 0.1, 0.1], [0.5, 0.3, 0.1, 0.1], [0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]);

  it('ranks the truth, keeps the three likeliest, and renormalizes over the alphabet', () => {
    const judgment = judge(rows, [0, 1, 0, 3], answers);
    assert.deepEqual([...judgment.truthRank], [0, 1, 3, 3]);
    assert.deepEqual([...judgment.top.subarray(6, 9)], [3, 2, 1]);
    assert.equal(figuresOf(judgment).top3, 0.5);
    const two = answersOf(CLASSES, [true, true, false, false], { classes: CLASSES, covers: CLASSES });
    const restricted = judge(rows, [0, 1, 0, 3], two);
    assert.deepEqual([restricted.leftOut, restricted.truth.length], [1, 3]);
    assert.ok(Math.abs((restricted.truthProbability[0] ?? 0) - 0.875) < 1e-6);
  });

  it('follows corrected labels and passes over excluded samples', () => {
    const split = {
      header: { outputs: CLASSES, classes: CLASSES, covers: CLASSES },
      places: Uint32Array.of(4, 9, 11, 20),
      labels: Uint16Array.of(0, 1, 0, 3),
      predictions: rows,
    };
    const changes = new Map([
      [9, { label: 'a', excluded: false }],
      [11, { excluded: true }],
      [3, { excluded: true }],
    ]);
    const judgment = judgeSplit(split, changes, { allowed: ALL });
    assert.deepEqual([...judgment.rows], [0, 1, 3]);
    assert.deepEqual([...judgment.truth], [0, 0, 3]);
    assert.equal(judgment.leftOut, 0);
    assert.equal(figuresOf(judgment).accuracy, 2 / 3);
  });

  it('puts what is wrong and sure first', () => {
    assert.deepEqual(wrongAndSure(judge(rows, [0, 1, 0, 3], answers)), [1, 2, 3]);
    assert.deepEqual(wrongAndSure(judge(rows, [0, 1, 0, 3], answers), 1), [1]);
  });

  it('says how each writer is read, the worst first, and of two alike the one of more samples', () => {
    // right, wrong, wrong, wrong
    const judgment = judge(rows, [0, 1, 0, 3], answers, new Set([2]));
    assert.deepEqual(writerAccuracies(judgment, ['Ann', 'Bob', 'Bob', 'Ann']), [
      { writer: 'Bob', samples: 1, value: 0, interval: wilsonInterval(0, 1) },
      { writer: 'Ann', samples: 2, value: 0.5, interval: wilsonInterval(1, 2) },
    ]);
    const wrong = judge(rows, [1, 2, 0, 3], answers);
    assert.deepEqual(
      writerAccuracies(wrong, ['Ann', undefined, 'Bob', 'Bob']).map(({ writer }) => writer),
      ['Bob', 'Ann'],
    );
    assert.deepEqual(writerAccuracies(judgment), []);
  });

  it('is compared with another one over the samples of both', () => {
    const first = judge(rows, [0, 1, 3, 3], answers);
    const other = rowsOf([0.1, 0.7, 0.1, 0.1], [0.1, 0.7, 0.1, 0.1], [0, 0, 0, 1], [1, 0, 0, 0]);
    const second = judge(other, [0, 1, 3, 3], answers, new Set([3]));
    const { samples, onlyFirst, onlySecond, perClass, test } = compare(first, second);
    assert.deepEqual([samples, onlyFirst, onlySecond], [3, [0], [1]]);
    assert.deepEqual([test.onlyFirst, test.onlySecond, test.p], [1, 1, 1]);
    assert.deepEqual(
      perClass.map(({ name, first: a, second: b }) => [name, a, b]),
      [
        ['a', 1, 0],
        ['b', 0, 1],
        ['d', 1, 1],
      ],
    );
  });
});
