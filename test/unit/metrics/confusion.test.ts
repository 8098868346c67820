import assert from 'node:assert/strict';
import { classScores, confusionMatrix, macroF1 } from '../../../src/metrics/confusion';

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

  it('gives precision, recall and F1 of each class', () => {
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
      scores.map(({ support }) => support),
      [2, 2, 3, 0],
    );
  });

  it('averages F1 over the classes that occur', () => {
    assert.equal(macroF1(matrix).toFixed(6), '0.700000');
  });

  it('refuses a class that there is not', () => {
    assert.throws(() => confusionMatrix([0], [4], 4), RangeError);
    assert.throws(() => confusionMatrix([5], [0], 4), RangeError);
  });
});
