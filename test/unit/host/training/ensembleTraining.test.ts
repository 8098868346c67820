import assert from 'node:assert/strict';
import path from 'node:path';
import { TrainingRuns } from '../../../../src/host/training/trainingRuns';
import type { RunFile } from '../../../../src/runs/run';
import { runSettingsSchema } from '../../../../src/runs/runSettings';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { until } from '../../../harness/until';

const member = (number: number, name = `duo ${number}`): RunFile => ({
  name,
  dataset: 'mnist',
  network: { name: 'tiny', input: [28, 28, 1], layers: [{ type: 'flatten' }] },
  settings: runSettingsSchema.parse({}),
  created: '2026-01-02T03:04:05.000Z',
  ensemble: { id: 'of duo', name: 'duo', combine: 'vote', members: 2, member: number },
});

describe('the training of an ensemble', () => {
  let home: string;
  let runs: TrainingRuns;
  let log: string[];

  beforeEach(async () => {
    home = await makeScratchFolder();
    log = [];
    const write = (line: string) => void log.push(line);
    const engineLog = { info: write, warn: write, error: write };
    const script = path.resolve('test/unit/host/training/fakeTrainer.mjs');
    runs = new TrainingRuns({
      home,
      script,
      log: engineLog,
      openData: () => Promise.resolve(),
      atOnce: () => 1,
      outlives: () => false,
    });
  });

  afterEach(async () => {
    runs.dispose();
    await removeScratchFolder(home);
  });

  const states = async () =>
    Object.fromEntries((await runs.store.list()).map(({ id, state }) => [id, state.state]));

  it('trains one member after the other', async () => {
    await runs.store.create(member(2));
    await runs.start(member(1));
    const both = { 'duo-1': 'finished', 'duo-2': 'finished' };
    await until('both', async () => JSON.stringify(await states()) === JSON.stringify(both));
  });

  it('trains the next member before all that wait', async () => {
    const started: string[] = [];
    runs.onStart((id) => started.push(id));
    await runs.store.create(member(2));
    await runs.start(member(1, 'waits'));
    await until('its first epoch', () => runs.running[0]?.curve.epochs.length === 1);
    const { ensemble: _, ...other } = member(1, 'finishes');
    await runs.start(other);
    await runs.stop('waits');
    await until('all', () => started.length === 3);
    assert.deepEqual(started, ['waits', 'duo-2', 'finishes']);
  });

  it('waits for a member that is paused, and goes on when it does', async () => {
    await runs.store.create(member(2));
    await runs.start(member(1, 'waits'));
    await until('its first epoch', () => runs.running[0]?.curve.epochs.length === 1);
    const paused = new Promise((resolve) => runs.onEnd(resolve));
    await runs.pause('waits');
    await paused;
    assert.deepEqual([runs.running, await states()], [[], { 'duo-2': 'interrupted', waits: 'paused' }]);
    await runs.resume('waits');
    await until('its first epoch', () => runs.running[0]?.curve.epochs.length === 1);
    await runs.stop('waits');
    await until('the other', async () => (await states())['duo-2'] === 'finished');
  });

  it('says in the log why the next member is not trained', async () => {
    await runs.start(member(1));
    await until('the log', () => log.some((line) => /duo 1: .*no run "duo-2"/.test(line)));
  });
});
