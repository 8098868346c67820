import assert from 'node:assert/strict';
import { nextTrial, ranked, rungsOf } from '../../../../src/runs/sweep/nextTrial';
import type { SweepTrial } from '../../../../src/runs/sweep/sweepFile';

const HALVING = { method: 'halving', epochs: 9, firstEpochs: 1, reduction: 3 } as const;

const waiting = (count: number): SweepTrial[] =>
  Array.from({ length: count }, () => ({ values: {}, state: 'waiting', scores: [] }));

/** Trains by looking up each trial's accuracy, which grows with its epochs; gives the order, such as `2@3`. */
function searched(trials: SweepTrial[], accuracies: readonly number[], failing: readonly number[] = []) {
  const order: string[] = [];
  const search = { ...HALVING, trials };
  for (let next = nextTrial(search); next; next = nextTrial(search)) {
    const { place, epochs } = next;
    order.push(`${place + 1}@${epochs}`);
    const trial = trials[place] as SweepTrial;
    if (failing.includes(place + 1)) {
      trial.state = 'failed';
    } else {
      trial.scores.push({ epochs, accuracy: (accuracies[place] ?? 0) + epochs / 100 });
      trial.state = epochs === 9 ? 'finished' : 'resting';
    }
  }
  return order;
}

describe('asynchronous halving', () => {
  it('compares after so many epochs, each time more, and at the end', () => {
    assert.deepEqual(rungsOf(HALVING), [1, 3, 9]);
    assert.deepEqual(rungsOf({ ...HALVING, epochs: 10 }), [1, 3, 9, 10]);
    assert.deepEqual(rungsOf({ ...HALVING, firstEpochs: 20 }), [9]);
    assert.deepEqual(rungsOf({ ...HALVING, method: 'random' }), [9]);
  });

  it('trains on the best third of each rung as soon as there is one, and the best of all to its end', () => {
    const trials = waiting(9);
    const order = searched(trials, [0.1, 0.2, 0.3, 0.9, 0.8, 0.7, 0.4, 0.5, 0.6]);
    assert.deepEqual(order, [
      ...['1@1', '2@1', '3@1', '3@3'],
      ...['4@1', '4@3', '5@1', '6@1', '5@3', '4@9'],
      ...['7@1', '8@1', '9@1', '6@3'],
    ]);
    assert.equal(ranked(trials)[0], 3);
  });

  it('brings one to the end where there are too few for a third', () => {
    const trials = waiting(2);
    assert.deepEqual(searched(trials, [0.5, 0.6]), ['1@1', '2@1', '2@3', '2@9']);
    assert.equal(trials[1]?.state, 'finished');
    assert.equal(trials[0]?.state, 'resting');
  });

  it('takes the next best where the best fails', () => {
    const trials = waiting(3);
    assert.deepEqual(searched(trials, [0.5, 0.6, 0.4], [2]), ['1@1', '2@1', '3@1', '1@3', '1@9']);
    assert.deepEqual(ranked(trials), [0, 2]);
  });
});
