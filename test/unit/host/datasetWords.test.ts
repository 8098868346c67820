import assert from 'node:assert/strict';
import { describeEntry, describeProgress } from '../../../src/host/datasets/words';
import { duration, ofBytes } from '../../../src/base/words';

const MB = 1e6;

describe('datasets in words', () => {
  it('say how much of a download is there', () => {
    assert.equal(ofBytes(312 * MB, 562 * MB), '312 of 562 MB');
    assert.equal(ofBytes(800_000, 562 * MB), '800 kB of 562 MB');
    const entry = { id: 'x', name: 'X', doneBytes: 312 * MB, totalBytes: 562 * MB };
    assert.equal(describeEntry({ ...entry, state: 'partial' }, undefined), '312 of 562 MB, paused');
    assert.equal(describeEntry({ ...entry, state: 'absent' }, undefined), '562 MB, not downloaded');
    assert.equal(describeEntry({ ...entry, state: 'damaged' }, undefined), 'damaged');
  });

  it('say how fast a download is, and how long it takes', () => {
    const progress = { phase: 'downloading', doneBytes: 312 * MB, totalBytes: 562 * MB } as const;
    assert.equal(
      describeProgress({ ...progress, bytesPerSecond: 4.2 * MB, secondsLeft: 59.5 }),
      '312 of 562 MB, 4.2 MB/s, 60 s left',
    );
    assert.equal(
      describeProgress({ ...progress, bytesPerSecond: 0, secondsLeft: undefined }),
      '312 of 562 MB',
    );
    assert.equal(
      describeProgress({ ...progress, phase: 'building', bytesPerSecond: 0, secondsLeft: undefined }),
      'preparing, 55%',
    );
    assert.equal(
      describeProgress({ ...progress, phase: 'offline', bytesPerSecond: 0, secondsLeft: undefined }),
      'waiting for the network',
    );
  });

  it('say times as people do', () => {
    assert.deepEqual([0.2, 59, 61, 3599, 7500].map(duration), [
      '1 s',
      '59 s',
      '1 min',
      '1 h 0 min',
      '2 h 5 min',
    ]);
  });
});
