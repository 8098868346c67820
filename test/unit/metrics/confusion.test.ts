import assert from 'node:assert/strict';
import { arranged, confusedPairs, confusionMatrix, rowShares } from '../../../src/metrics/confusion';
import { occurring, orderByError, orderBySimilarity } from '../../../src/metrics/order';
import { classScores, macroAverage, weightedAverage } from '../../../src/metrics/scores';

// The expected figures are worked out by hand from these labels, by the usual definitions.
const TRUTH = [0, 0, 1, 1, 2, 2, 2];
const PREDICTED = [0, 1, 1, 1, 2, 0, 2];

describe('confusion matrix', () => {
  const matrix = confusionMatrix(TRUTH, PREDICTED, 4);

  it('has true classes as rows and predictions as columns', () => {
    assert.deepEqual(matrix, [
      [1, 1, 0, 0],
      [0, 2, 0, 0],
      [1, 0, 2, 0],
      [0, 0, 0, 0],
    ]);
  });

  it('gives precision, recall and F1 of each class, and what it is taken for', () => {
    const scores = classScores(matrix);
    assert.deepEqual(
      scores.map(({ precision, recall, f1 }) =>
        [precision, recall, f1].map((each) => Number(each.toFixed(6))),
      ),
      [
        [0.5, 0.5, 0.5],
        [0.666667, 1, 0.8],
        [1, 0.666667, 0.8],
        [0, 0, 0],
      ],
    );
    assert.deepEqual(
      scores.map(({ support, mostConfusedWith }) => [support, mostConfusedWith]),
      [
        [2, 1],
        [2, undefined],
        [3, 0],
        [0, undefined],
      ],
    );
  });

  it('averages scores over the classes that occur, each alike or by its samples', () => {
    const scores = classScores(matrix);
    assert.equal(macroAverage(scores).f1.toFixed(6), '0.700000');
    assert.equal(weightedAverage(scores).f1.toFixed(6), ((2 * 0.5 + 2 * 0.8 + 3 * 0.8) / 7).toFixed(6));
  });

  it('gives shares of the rows, and the pairs that are confused most', () => {
    assert.deepEqual(rowShares(matrix)[0], [0.5, 0.5, 0, 0]);
    assert.deepEqual(rowShares(matrix)[3], [0, 0, 0, 0]);
    assert.deepEqual(
      confusedPairs(matrix).map(({ truth, predicted, count }) => [truth, predicted, count]),
      [
        [0, 1, 1],
        [2, 0, 1],
      ],
    );
  });

  it('refuses a class that there is not', () => {
    assert.throws(() => confusionMatrix([0], [4], 4), RangeError);
    assert.throws(() => confusionMatrix([5], [0], 4), RangeError);
  });
});

describe('order of classes', () => {
  // 0 and 3 are confused with each other, 1 with 4 and 4 with 5; 2 is always right
  const MATRIX = [
    [6, 0, 0, 4, 0, 0],
    [0, 9, 0, 0, 1, 0],
    [0, 0, 10, 0, 0, 0],
    [3, 0, 0, 7, 0, 0],
    [0, 2, 0, 0, 6, 2],
    [0, 0, 0, 0, 3, 7],
  ];

  it('puts what is confused side by side', () => {
    const order = orderBySimilarity(MATRIX);
    const apart = (a: number, b: number) => Math.abs(order.indexOf(a) - order.indexOf(b));
    assert.deepEqual([...order].sort(), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual([apart(0, 3), apart(4, 5), apart(1, 4)], [1, 1, 1]);
    assert.deepEqual(arranged(MATRIX, [3, 0]), [
      [7, 3],
      [4, 6],
    ]);
  });

  it('keeps the order of classes that are never confused', () => {
    assert.deepEqual(
      orderBySimilarity([
        [1, 0],
        [0, 1],
      ]),
      [0, 1],
    );
    assert.deepEqual(orderBySimilarity([]), []);
  });

  it('puts the classes with most errors first, those without samples last', () => {
    const withEmpty = [...MATRIX.map((row) => [...row, 0]), [0, 0, 0, 0, 0, 0, 0]];
    assert.deepEqual(orderByError(withEmpty), [0, 4, 3, 5, 1, 2, 6]);
    assert.deepEqual(occurring(withEmpty), [0, 1, 2, 3, 4, 5]);
  });
});
