import assert from 'node:assert/strict';
import { shownSweep } from '../../../../../src/host/training/sweeps/shownSweep';
import type { FoundSweep } from '../../../../../src/host/training/sweeps/sweeps';
import { parseParameter } from '../../../../../src/runs/sweep/parameters';
import type { SweepTrial } from '../../../../../src/runs/sweep/sweepFile';

const TRIALS: SweepTrial[] = [
  {
    values: { batchSize: 64 },
    state: 'finished',
    scores: [
      { epochs: 1, accuracy: 0.5 },
      { epochs: 3, accuracy: 0.7 },
    ],
  },
  { values: { batchSize: 32 }, state: 'resting', scores: [{ epochs: 1, accuracy: 0.9 }] },
  { values: { batchSize: 32 }, state: 'failed', scores: [], message: 'No number.' },
  { values: { batchSize: 64 }, state: 'waiting', scores: [] },
];

const found = (more: Partial<FoundSweep> = {}, model?: string): FoundSweep => ({
  ...{ id: 'digits', folder: '/sweeps/digits', standing: 'resting', trial: undefined },
  sweep: {
    ...{ name: 'Digits', dataset: '/data/mnist#balanced', method: 'halving', epochs: 3, firstEpochs: 1 },
    ...{ reduction: 3, created: '2026-01-02T03:04:05.000Z', trials: TRIALS },
    parameters: ['batch-size=64,32', 'learning-rate=0.001..0.1', 'layers.2.units=8..16', 'network=b,a'].map(
      parseParameter,
    ),
    ...(model !== undefined && { model }),
  },
  ...more,
});

describe('a sweep as its page shows it', () => {
  it('has an axis for each parameter: numbers in order, names as they were given', () => {
    assert.deepEqual(shownSweep(found()).axes, [
      { name: 'batchSize', label: 'Batch size', kind: 'values', values: [32, 64] },
      {
        name: 'learningRate',
        label: 'Learning rate',
        kind: 'range',
        least: 0.001,
        most: 0.1,
        logarithmic: true,
      },
      {
        name: 'layers.2.units',
        label: 'Layer 2 units',
        kind: 'range',
        least: 8,
        most: 16,
        logarithmic: false,
      },
      { name: 'network', label: 'Network', kind: 'values', values: ['b', 'a'] },
    ]);
  });

  it('has the last result of each trial, and which trains', () => {
    const { trials, best, dataset } = shownSweep(
      found({ standing: 'training', trial: { place: 3, epochs: 1 } }),
    );
    assert.deepEqual(
      trials.map(({ number, state, epochs, accuracy, message }) => [
        number,
        state,
        epochs,
        accuracy,
        message,
      ]),
      [
        [1, 'finished', 3, 0.7, undefined],
        [2, 'resting', 1, 0.9, undefined],
        [3, 'failed', 0, undefined, 'No number.'],
        [4, 'training', 0, undefined, undefined],
      ],
    );
    assert.equal(best, 1, 'who got furthest');
    assert.equal(dataset, 'mnist');
  });

  it('offers to keep the best model while the sweep rests and it was not kept', () => {
    assert.equal(shownSweep(found()).canKeep, true);
    assert.equal(shownSweep(found({ standing: 'training' })).canKeep, false);
    const { canKeep, hasModel } = shownSweep(found({}, '/models/digits'));
    assert.deepEqual([canKeep, hasModel], [false, true]);
  });
});
