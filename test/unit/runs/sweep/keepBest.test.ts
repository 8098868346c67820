import assert from 'node:assert/strict';
import { toKeep } from '../../../../src/runs/sweep/keepBest';
import { parseParameter } from '../../../../src/runs/sweep/parameters';
import type { SweepFile, SweepTrial } from '../../../../src/runs/sweep/sweepFile';

const finished = (accuracy: number): SweepTrial => ({
  values: {},
  state: 'finished',
  scores: [{ epochs: 3, accuracy }],
});
const resting: SweepTrial = { values: {}, state: 'resting', scores: [{ epochs: 1, accuracy: 1 }] };

const sweepOf = (trials: SweepTrial[], more: Partial<SweepFile> = {}): SweepFile => ({
  ...{ name: 'digits', dataset: 'mnist', method: 'halving', epochs: 3, firstEpochs: 1, reduction: 3 },
  ...{ created: '2026-01-02T03:04:05.000Z', parameters: [parseParameter('seed=1,2')], trials },
  ...more,
});

describe('the model that is kept of a sweep', () => {
  it('is that of the best trial that was trained to its end', () => {
    assert.equal(toKeep(sweepOf([resting])), undefined);
    assert.equal(toKeep(sweepOf([resting, finished(0.8), finished(0.9)])), 2);
  });

  it('is kept once, and again where a later trial is better', () => {
    const trials = [finished(0.8), finished(0.9)];
    assert.equal(toKeep(sweepOf(trials, { model: '/models/digits', kept: 1 })), undefined);
    assert.equal(toKeep(sweepOf(trials, { model: '/models/digits', kept: 0 })), 1);
    assert.equal(toKeep(sweepOf(trials, { model: '/models/digits' })), undefined);
  });
});
