import assert from 'node:assert/strict';
import type { StartedBackend } from '../../../../src/engine/backends/backend';
import { BackendLostError } from '../../../../src/engine/backends/errors';
import { runSweep } from '../../../../src/engine/training/runSweep';
import { ModelStore } from '../../../../src/models/modelStore';
import { makeSweep } from '../../../../src/runs/sweep/makeSweep';
import { parseParameter } from '../../../../src/runs/sweep/parameters';
import { SweepStore } from '../../../../src/runs/sweep/sweepStore';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { TINY_RUN } from './tinyRun';

describe('a search', () => {
  let home: string;
  let folder: string;
  beforeEach(async () => {
    home = await makeScratchFolder();
    const { network, dataset, created, settings } = TINY_RUN;
    const { sweep, runs } = makeSweep({
      ...{ name: 'tiny sweep', dataset, created, parameters: [parseParameter('batch-size=32,64')] },
      ...{ method: 'grid', firstEpochs: 1, reduction: 3, count: 1 },
      base: { network, networks: {}, chosen: { ...settings, epochs: 1 } },
    });
    ({ folder } = await new SweepStore(home).create(sweep, runs));
  });
  afterEach(() => removeScratchFolder(home));

  /** Searches, and takes from the first trial what it computes with. */
  const search = (cause: Error) => {
    let backends = 0;
    return runSweep({
      ...{ folder, home, models: new ModelStore(home, ''), rest: new AbortController().signal },
      training: {
        threads: { threads: 0 },
        onBackend: ({ loss }: StartedBackend) => {
          if (backends++ === 0) loss.lose(cause);
        },
      },
    });
  };

  it('goes on behind a trial that needs more memory than there is', async () => {
    const { outcome, sweep } = await search(new Error('out of memory'));
    assert.equal(outcome, 'finished');
    assert.deepEqual(
      sweep.trials.map(({ state }) => state),
      ['failed', 'finished'],
    );
    assert.match(sweep.trials[0]?.message ?? '', /^wasm has no memory left for this: make the batch smaller/);
    assert.equal(sweep.kept, 1);
  });

  it('stops where the device is gone, since that is of no trial', async () => {
    const isLost = (error: unknown) => error instanceof BackendLostError && error.loss === 'device';
    await assert.rejects(search(new Error('the driver was reset')), isLost);
  });
});
