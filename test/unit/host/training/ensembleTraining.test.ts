import assert from 'node:assert/strict';
import path from 'node:path';
import { EnsembleTraining, type TrainedEnsemble } from '../../../../src/host/training/ensembleTraining';
import { TrainingRuns } from '../../../../src/host/training/trainingRuns';
import type { ModelStore, WholeModel } from '../../../../src/models/modelStore';
import type { RunFile } from '../../../../src/models/run';
import { runSettingsSchema } from '../../../../src/models/runSettings';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { until } from '../../../harness/until';

const FIRST: RunFile = {
  name: 'trio 1',
  dataset: 'mnist',
  network: { name: 'tiny', input: [28, 28, 1], layers: [{ type: 'flatten' }] },
  settings: runSettingsSchema.parse({ seed: 7 }),
  created: '2026-01-02T03:04:05.000Z',
  ensemble: { id: 'of trio', name: 'trio', combine: 'vote', members: 3, member: 1 },
};

describe('the training of an ensemble', () => {
  let home: string;
  let runs: TrainingRuns;
  let ensembles: EnsembleTraining;
  let log: string[];
  let asked: unknown[][];
  let made: TrainedEnsemble[];
  let problem: Error | undefined;

  beforeEach(async () => {
    home = await makeScratchFolder();
    [log, asked, made] = [[], [], []];
    problem = undefined;
    const write = (line: string) => void log.push(line);
    const engineLog = { info: write, warn: write, error: write };
    const script = path.resolve('test/unit/host/training/fakeTrainer.mjs');
    runs = new TrainingRuns({ home, script, log: engineLog });
    let minutes = 0;
    const now = () => new Date(Date.UTC(2026, 0, 2, 4, minutes++));
    ensembles = new EnsembleTraining(runs, { change: (work) => work(store) }, engineLog, now);
    ensembles.onMade((ensemble) => made.push(ensemble));
  });

  afterEach(async () => {
    ensembles.dispose();
    runs.dispose();
    await removeScratchFolder(home);
  });

  const store = {
    addEnsemble: (...args: unknown[]) => {
      asked.push(args);
      if (problem) return Promise.reject(problem);
      return Promise.resolve({ name: args[0] } as WholeModel);
    },
  } as unknown as ModelStore;
  const folders = (...ids: string[]) => ids.map((id) => path.join(home, 'runs', id, 'model'));

  it('trains one member after the other, each with the next seed, and makes the ensemble of them', async () => {
    await runs.start(FIRST);
    const [{ model, members } = assert.fail()] = await until('the ensemble', () => made.length > 0 && made);
    assert.deepEqual([model.name, members], ['trio', 3]);
    assert.deepEqual(asked, [['trio', folders('trio-1', 'trio-2', 'trio-3'), 'vote']]);
    const trained = await runs.store.list();
    assert.deepEqual(
      trained.map(({ run }) => [run?.name, run?.settings.seed, run?.ensemble?.member]),
      [
        ['trio 3', 9, 3],
        ['trio 2', 8, 2],
        ['trio 1', 7, 1],
      ],
    );
  });

  it('waits for a member that is paused, and goes on when it does', async () => {
    await runs.start({ ...FIRST, name: 'waits' });
    await until('its first epoch', () => runs.running[0]?.curve.epochs.length === 1);
    const paused = new Promise((resolve) => runs.onEnd(resolve));
    await runs.pause('waits');
    await paused;
    assert.deepEqual(runs.running, []);
    await runs.resume('waits');
    await until('its first epoch', () => runs.running[0]?.curve.epochs.length === 1);
    await runs.stop('waits');
    await until('the ensemble', () => made.length > 0);
    assert.deepEqual(asked, [['trio', folders('waits', 'trio-2', 'trio-3'), 'vote']]);
  });

  it('says why there is no ensemble, in the log', async () => {
    problem = new Error('the disk is full');
    await runs.start({ ...FIRST, ensemble: { ...(FIRST.ensemble ?? assert.fail()), member: 3 } });
    await until('the log', () => log.some((line) => line.includes('the disk is full')));
  });
});
