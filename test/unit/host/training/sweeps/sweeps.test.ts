import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../../../src/base/userError';
import { plannedSweep } from '../../../../../src/host/training/sweeps/plannedSweep';
import { type EndedSweep, Sweeps } from '../../../../../src/host/training/sweeps/sweeps';
import { ModelStore } from '../../../../../src/models/modelStore';
import { PRESETS } from '../../../../../src/networks/presets';
import { RunQueue } from '../../../../../src/runs/runQueue';
import { makeScratchFolder, removeScratchFolder } from '../../../../harness/scratch';
import { until } from '../../../../harness/until';

const network = PRESETS['dense-50-50'];
assert.ok(network);

const planNamed = (name: string, dataset = 'mnist') =>
  plannedSweep(
    {
      ...{ name, dataset, network, networks: PRESETS, chosen: { epochs: 2 } },
      ...{ method: 'random', parameters: 'batch-size=32,64', count: 3 },
    },
    new Date('2026-01-02T03:04:05Z'),
  );

describe('the sweeps of a window', () => {
  let home: string;
  let windows: Sweeps[];
  let sweeps: Sweeps;
  let ended: EndedSweep[];
  let log: string[];

  const openWindow = () => {
    const write = (line: string) => void log.push(line);
    const window = new Sweeps({
      home,
      script: path.resolve('test/unit/host/training/sweeps/fakeSweeper.mjs'),
      models: new ModelStore(home, ''),
      log: { info: write, warn: write, error: write },
      openData: (dataset) =>
        dataset === 'mnist' ? Promise.resolve() : Promise.reject(new UserError(`There is no ${dataset}.`)),
      atOnce: () => 1,
    });
    windows.push(window);
    return window;
  };

  const queue = () => new RunQueue(path.join(home, 'runs'));
  const endOf = (name: string) => until(`the end of ${name}`, () => ended[0]);
  const states = async (id: string) => (await sweeps.find(id)).sweep.trials.map(({ state }) => state);

  beforeEach(async () => {
    home = await makeScratchFolder();
    [windows, ended, log] = [[], [], []];
    sweeps = openWindow();
    sweeps.onEnd((sweep) => ended.push(sweep));
  });

  afterEach(async () => {
    for (const window of windows) window.dispose();
    await removeScratchFolder(home);
  });

  it('train trial after trial in one engine, and tell how they ended', async () => {
    const id = await sweeps.start(planNamed('whole'));
    const { end, stored } = await endOf('whole');
    assert.deepEqual(end, { how: 'finished' });
    assert.deepEqual(
      stored.sweep.trials.map(({ state }) => state),
      ['finished', 'finished', 'finished'],
    );
    assert.equal((await sweeps.find(id)).standing, 'finished');
    assert.equal(log.filter((line) => /engine \d+ started/.test(line)).length, 1);
    await assert.rejects(sweeps.resume(id), /whole is finished/);
    const slot = await queue().slot(1);
    assert.ok(slot, 'the place is free again');
    await slot.release();
  });

  it('rest when they are paused, and go on where they were', async () => {
    const id = await sweeps.start(planNamed('waits'));
    await until('the second trial', async () => (await sweeps.find(id)).trial?.place === 1);
    assert.equal((await sweeps.find(id)).standing, 'training');
    await sweeps.pause(id);
    assert.deepEqual((await endOf('waits')).end, { how: 'paused' });
    assert.equal((await sweeps.find(id)).standing, 'resting');
    assert.deepEqual(await states(id), ['finished', 'waiting', 'waiting']);
    ended.splice(0);
    await sweeps.resume(id);
    assert.deepEqual((await endOf('waits')).end, { how: 'finished' });
    assert.deepEqual(await states(id), ['finished', 'finished', 'finished']);
  });

  it('are resumed once, however often that is asked for, and behind the checkpoint of a pause', async () => {
    const id = await sweeps.start(planNamed('pauses slowly'));
    await until('the second trial', async () => (await sweeps.find(id)).trial?.place === 1);
    await sweeps.pause(id);
    assert.equal((await sweeps.find(id)).standing, 'pausing');
    const resumed = Promise.all([sweeps.resume(id), sweeps.resume(id)]);
    await writeFile(path.join(sweeps.store.folder, id, 'go'), '');
    await resumed;
    await until('the end', () => ended.length === 2);
    assert.deepEqual(
      ended.map(({ end }) => end.how),
      ['paused', 'finished'],
    );
  });

  it('wait for a place to train in, and let runs go first that wait', async () => {
    const slot = await queue().slot(1);
    await queue().add('some-run');
    const id = await sweeps.start(planNamed('whole'));
    assert.equal((await sweeps.find(id)).standing, 'waiting');
    await slot?.release();
    assert.deepEqual(await states(id), ['waiting', 'waiting', 'waiting']);
    await queue().remove('some-run');
    assert.deepEqual((await endOf('whole')).end, { how: 'finished' });
  });

  it('make place for a run between two trials', async () => {
    const id = await sweeps.start(planNamed('waits'));
    await until('the second trial', async () => (await sweeps.find(id)).trial?.place === 1);
    await queue().add('some-run');
    await sweeps.pause(id);
    await endOf('waits');
    ended.splice(0);
    await sweeps.resume(id);
    const slot = await until('the place', () => queue().slot(1));
    assert.equal((await sweeps.find(id)).standing, 'waiting');
    await queue().remove('some-run');
    await slot.release();
    assert.deepEqual((await endOf('waits')).end, { how: 'finished' });
  });

  it('keep the best model before any run, once nothing is left to train', async () => {
    const id = await sweeps.start(planNamed('lingers'));
    await until('the last trial', async () => (await sweeps.find(id)).trial?.place === 2);
    await queue().add('some-run');
    await writeFile(path.join(sweeps.store.folder, id, 'go'), '');
    const { end, stored } = await endOf('lingers');
    assert.deepEqual([end, stored.sweep.model], [{ how: 'finished' }, '/models/best']);
    assert.deepEqual(await queue().ids(), ['some-run']);
  });

  it('are not finished before the best model is kept, and are resumed to keep it', async () => {
    const id = await sweeps.start(planNamed('full'));
    assert.deepEqual((await endOf('full')).end, { how: 'failed', message: 'The disk is full.' });
    assert.deepEqual(await states(id), ['finished', 'finished', 'finished']);
    assert.equal((await sweeps.find(id)).standing, 'resting');
    ended.splice(0);
    await sweeps.resume(id);
    assert.deepEqual((await endOf('freed')).end, { how: 'finished' });
    const { standing, sweep } = await sweeps.find(id);
    assert.deepEqual([standing, sweep.model], ['finished', '/models/best']);
  });

  it('say what failed or died', async () => {
    await sweeps.start(planNamed('fails'));
    assert.deepEqual((await endOf('fails')).end, { how: 'failed', message: 'The device was lost.' });
    ended.splice(0);
    await sweeps.start(planNamed('dies'));
    assert.deepEqual((await endOf('dies')).end, { how: 'died' });
  });

  it('belong to one window at a time, until it is closed', async () => {
    const other = openWindow();
    const id = await sweeps.start(planNamed('waits'));
    await until('the second trial', async () => (await sweeps.find(id)).trial?.place === 1);
    assert.equal((await other.find(id)).standing, 'elsewhere');
    await assert.rejects(other.resume(id), /waits is running in another window: pause it there/);
    await assert.rejects(other.remove(id), /waits is running in another window/);
    sweeps.dispose();
    await until('the sweep', async () => !(await other.isTaken(id)));
    assert.equal((await other.find(id)).standing, 'resting');
  });

  it('are taken away, whatever they do, and brought back', async () => {
    const id = await sweeps.start(planNamed('waits'));
    await until('the second trial', async () => (await sweeps.find(id)).trial?.place === 1);
    const removed = await sweeps.remove(id);
    assert.deepEqual((await endOf('waits')).end, { how: 'canceled' });
    assert.deepEqual(await sweeps.list(), []);
    await sweeps.restore(removed);
    assert.deepEqual(
      (await sweeps.list()).map((each) => each.id),
      [id],
    );
  });

  it('are not begun on data that cannot be opened', async () => {
    await assert.rejects(sweeps.start(planNamed('whole', 'nothing')), /There is no nothing/);
    assert.deepEqual(await sweeps.list(), []);
  });
});
