import assert from 'node:assert/strict';
import { OFFICIAL_SPLITS, SPLIT_NAMES, SPLITS, trainSplitOf } from '../../../src/base/split';
import {
  accuracyPercent,
  counted,
  duration,
  grouped,
  percent,
  percentDone,
  points,
  pointsWithin,
  spoken,
} from '../../../src/base/words';

describe('words that every part of Scrawl uses', () => {
  it('say shares with as many digits as they are asked for', () => {
    assert.deepEqual([percent(0.87128), percent(0.87128, 1), percent(1, 0)], ['87.13%', '87.1%', '100%']);
    assert.deepEqual([0.98213, 0.99142, 1].map(accuracyPercent), ['98.2%', '99.14%', '100.0%']);
  });

  it('say differences with one sign', () => {
    assert.deepEqual(
      [0.0125, -0.004, 0.0004, 0].map((each) => points(each)),
      ['+1.3', '−0.4', '0.0', '0.0'],
    );
    const interval = { low: -0.02, high: 0.001 };
    assert.equal(pointsWithin({ value: -0.0104, interval }), '−1.0 (−2.0 to +0.1)');
  });

  it('say that all is done only when it is', () => {
    assert.deepEqual(
      [percentDone(999, 1000), percentDone(1001, 1000), percentDone(0, 0)],
      ['99%', '100%', '0%'],
    );
  });

  it('say times as long as they are at least', () => {
    assert.deepEqual([0, 59.5, 90, 7500].map(duration), ['1 s', '60 s', '2 min', '2 h 5 min']);
  });

  it('count', () => {
    assert.equal(grouped(131_600), '131,600');
    assert.deepEqual(
      [1, 2000].map((count) => counted(count, 'sample')),
      ['1 sample', '2,000 samples'],
    );
    assert.equal(counted(0, 'class', 'classes'), '0 classes');
  });

  it('name capitals, which a screen reader does not', () => {
    assert.deepEqual(['A', 'Ä', 'a', 'AB', '1'].map(spoken), ['capital A', 'capital Ä', 'a', 'AB', '1']);
  });
});

describe('the splits', () => {
  it('have names in the order in which they are shown', () => {
    assert.deepEqual(Object.keys(SPLIT_NAMES), [...SPLITS]);
    assert.deepEqual(SPLITS, [...OFFICIAL_SPLITS, 'all']);
  });

  it('are learned from in train, or else in all', () => {
    assert.equal(trainSplitOf(['train', 'test']), 'train');
    assert.equal(trainSplitOf(['test']), 'all');
  });
});
