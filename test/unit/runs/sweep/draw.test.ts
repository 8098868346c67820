import assert from 'node:assert/strict';
import { drawn, gridOf } from '../../../../src/runs/sweep/draw';
import { parseParameter } from '../../../../src/runs/sweep/parameters';

describe('the trials of a sweep', () => {
  it('are every combination in a grid, and no more than can be tried', () => {
    const parameters = ['batch-size=32,64', 'optimizer=sgd,adam'].map(parseParameter);
    assert.deepEqual(gridOf(parameters), [
      { batchSize: 32, optimizer: 'sgd' },
      { batchSize: 32, optimizer: 'adam' },
      { batchSize: 64, optimizer: 'sgd' },
      { batchSize: 64, optimizer: 'adam' },
    ]);
    assert.throws(() => gridOf([parseParameter('learning-rate=0.001..0.1')]), /values of learningRate/);
    const many = parseParameter(`seed=${Array.from({ length: 40 }, (_, seed) => seed).join(',')}`);
    const wide = parseParameter(`limit=${Array.from({ length: 40 }, (_, limit) => limit).join(',')}`);
    assert.throws(() => gridOf([many, wide]), /more than 1000 trials/);
  });

  it('are drawn within their ranges, by factors where these are wide, and the same from a seed', () => {
    const parameters = ['learning-rate=0.0001..0.1', 'batch-size=30..34', 'augment.shift=0..2'].map(
      parseParameter,
    );
    const trials = drawn(parameters, 300, 7);
    assert.deepEqual(drawn(parameters, 300, 7), trials);
    assert.deepEqual(drawn(parameters, 10, 7), trials.slice(0, 10));
    assert.notDeepEqual(drawn(parameters, 300, 8), trials);
    const rates = trials.map(({ learningRate }) => Number(learningRate));
    assert.ok(rates.every((rate) => rate >= 0.0001 && rate <= 0.1));
    // a third of three powers of ten
    const lowest = rates.filter((rate) => rate < 0.001).length / 300;
    assert.ok(lowest > 0.25 && lowest < 0.42, String(lowest));
    const sizes = new Set(trials.map(({ batchSize }) => batchSize));
    assert.deepEqual([...sizes].sort(), [30, 31, 32, 33, 34]);
    const shifts = trials.map((trial) => Number(trial['augmentation.shift']));
    assert.ok(shifts.every((shift) => shift >= 0 && shift <= 2));
  });
});
