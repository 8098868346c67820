import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { mock } from 'node:test';
import { UserError } from '../../../../src/base/userError';
import { type EndedRun, TrainingRuns } from '../../../../src/host/training/trainingRuns';
import type { RunFile } from '../../../../src/runs/run';
import { RunQueue } from '../../../../src/runs/runQueue';
import { runSettingsSchema } from '../../../../src/runs/runSettings';
import { processPlace } from '../../../../src/storage/processPlace';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { until } from '../../../harness/until';
import { KILLED } from '../../../harness/killed';

const runNamed = (name: string): RunFile => ({
  name,
  dataset: 'mnist',
  network: { name: 'tiny', input: [28, 28, 1], layers: [{ type: 'flatten' }] },
  settings: runSettingsSchema.parse({ epochs: 2 }),
  created: '2026-01-02T03:04:05.000Z',
});

describe('the runs of a window', () => {
  let home: string;
  let log: string[];
  let windows: TrainingRuns[];
  let runs: TrainingRuns;
  let ended: EndedRun[];
  let atOnce: number;

  const openWindow = () => {
    const write = (line: string) => void log.push(line);
    const window = new TrainingRuns({
      home,
      script: path.resolve('test/unit/host/training/fakeTrainer.mjs'),
      log: { info: write, warn: write, error: write },
      openData: (dataset) =>
        dataset === 'mnist' ? Promise.resolve() : Promise.reject(new UserError(`There is no ${dataset}.`)),
      atOnce: () => atOnce,
      outlives: () => false,
    });
    windows.push(window);
    return window;
  };

  before(() => {
    process.env['SCRAWL_TEST_PLACE'] = processPlace();
  });

  after(() => {
    delete process.env['SCRAWL_TEST_PLACE'];
  });

  beforeEach(async () => {
    home = await makeScratchFolder();
    log = [];
    atOnce = 1;
    windows = [];
    ended = [];
    runs = openWindow();
    runs.onEnd((run) => ended.push(run));
  });

  afterEach(async () => {
    mock.restoreAll();
    for (const window of windows) window.dispose();
    await removeScratchFolder(home);
  });

  const end = (count = 1) => until(`${count} ends`, () => ended[count - 1]);
  const only = async (window = runs) => (await window.list())[0] ?? assert.fail('there is no run');
  /** Starts a run that waits, and gives it once it has learned something. */
  const waiting = async (name = 'waits') => {
    const id = await runs.start(runNamed(name));
    await until('its first epoch', () => runs.running[0]?.curve.epochs.length === 1);
    return id;
  };
  const said = (pattern: RegExp) => (error: unknown) =>
    error instanceof UserError && pattern.test(error.message);

  it('trains a run and tells how it went', async () => {
    const heard: string[] = [];
    runs.onStart((id) => heard.push(`start ${id}`));
    runs.onProgress(({ id, progress }) => heard.push(`${progress.phase} ${id} ${progress.done}`));
    runs.onEpoch(({ id, epoch }) => heard.push(`epoch ${epoch.epoch} ${id}`));
    const id = await runs.start(runNamed('finishes'));
    const { how } = (await end()).end;
    assert.equal(how, 'finished');
    assert.deepEqual(heard, [`start ${id}`, `training ${id} 50`, `epoch 1 ${id}`]);
    const { state, where, hasModel } = await only();
    assert.deepEqual({ state, where, hasModel }, { state: 'finished', where: 'nowhere', hasModel: true });
    assert.deepEqual(runs.running, []);
  });

  it('leaves no run behind whose data cannot be opened', async () => {
    await assert.rejects(runs.start({ ...runNamed('finishes'), dataset: 'mnits' }), said(/no mnits/));
    assert.deepEqual([await runs.list(), runs.running], [[], []]);
  });

  it('knows how far a run is while it trains', async () => {
    const id = await waiting();
    const { state, where, done, total, accuracy, seconds } = await only();
    assert.deepEqual(
      { state, where, done, total, accuracy, seconds },
      { state: 'running', where: 'here', done: 50, total: 100, accuracy: 0.75, seconds: 2 },
    );
    const curve = await runs.curve(id);
    assert.deepEqual([...curve.toColumns().epoch], [0.5, 1]);
  });

  it('gives each run an engine of its own', async () => {
    atOnce = 2;
    await waiting();
    await runs.start(runNamed('finishes'));
    assert.equal((await end()).name, 'finishes');
    assert.deepEqual(
      runs.running.map(({ name }) => name),
      ['waits'],
    );
  });

  /** Of every run that waits its id, in order. */
  const queued = async (window = runs) =>
    (await window.list())
      .filter(({ state }) => state === 'waiting')
      .sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0))
      .map(({ id }) => id);

  it('lets a run wait while another trains, and trains it when that has ended', async () => {
    const told: string[] = [];
    runs.onWait((id) => told.push(id));
    const first = await waiting();
    const second = await runs.start(runNamed('finishes'));
    assert.deepEqual([await queued(), told], [[second], [second]]);
    assert.deepEqual(
      runs.running.map(({ id }) => id),
      [first],
    );
    await runs.stop(first);
    assert.equal((await end(2)).id, second);
    assert.deepEqual(await queued(), []);
  });

  it('trains what waits in the order that it is given', async () => {
    const first = await waiting();
    const ids: string[] = [];
    for (const name of ['finishes', 'finishes', 'finishes']) ids.push(await runs.start(runNamed(name)));
    const [a = '', b = '', c = ''] = ids;
    await runs.move(c, -1);
    await runs.move(a, -1);
    await runs.move(a, 1);
    assert.deepEqual(await queued(), [c, a, b]);
    await runs.stop(first);
    await end(4);
    assert.deepEqual(
      ended.map(({ id }) => id),
      [first, c, a, b],
    );
  });

  it('lets a run wait no more, and takes one away that waits', async () => {
    await waiting();
    const left = await runs.start(runNamed('finishes'));
    const given = await runs.start(runNamed('finishes'));
    await runs.pause(left);
    const removed = await runs.cancel(given);
    assert.deepEqual(await queued(), []);
    assert.deepEqual((await runs.list()).map(({ state }) => state).sort(), ['interrupted', 'running']);
    await runs.restore(removed);
    assert.deepEqual(await queued(), []);
  });

  it('shares one queue among windows: what waits goes on when the window that trains is closed', async () => {
    await waiting();
    const other = openWindow();
    const id = await other.start(runNamed('waits'));
    assert.deepEqual([await queued(), await queued(other), other.running], [[id], [id], []]);
    runs.dispose();
    await until('the other window to train', () => other.running[0]?.progress);
    assert.deepEqual([other.running[0]?.id, await queued(other)], [id, []]);
  });

  it('computes what waits with the backend that was chosen, whichever window begins it', async () => {
    const id = await runs.start(runNamed('fails'));
    await end();
    await waiting();
    await runs.resume(id, 'wasm 2');
    runs.dispose();
    const next = openWindow();
    const heard = new Promise<EndedRun>((resolve) => next.onEnd(resolve));
    await next.goOn();
    const ended = await heard;
    assert.deepEqual([ended.id, ended.end.how], [id, 'finished']);
  });

  it('goes on with what waits when the next window is opened', async () => {
    await waiting();
    const id = await runs.start(runNamed('finishes'));
    runs.dispose();
    const next = openWindow();
    const heard = new Promise<EndedRun>((resolve) => next.onEnd(resolve));
    await next.goOn();
    assert.equal((await heard).id, id);
  });

  /** What takes the next run out of the queue does this once instead, and then takes it. */
  const takingOnce = (work: (take: RunQueue['take']) => ReturnType<RunQueue['take']>) => {
    mock.method(RunQueue.prototype, 'take', function (this: RunQueue) {
      mock.restoreAll();
      return work(() => this.take());
    });
  };

  it('goes on with what waits after a disk that was full', async () => {
    takingOnce(() => Promise.reject(new Error('ENOSPC: no space left on device')));
    const id = await runs.start(runNamed('finishes'));
    assert.deepEqual([runs.running, await queued()], [[], [id]]);
    assert.ok(log.some((line) => line.includes('ENOSPC')));
    assert.equal((await end()).id, id);
  });

  it('tells that a run has ended whose place cannot be given back', async () => {
    const release = () => Promise.reject(new Error('EPERM: not permitted'));
    mock.method(RunQueue.prototype, 'slot', () => Promise.resolve({ release }));
    const id = await runs.start(runNamed('finishes'));
    assert.equal((await end()).id, id);
    assert.ok(log.some((line) => line.includes('EPERM')));
  });

  it('leaves to other windows what it took from the queue while it was closed', async () => {
    takingOnce(async (take) => {
      const id = await take();
      runs.dispose();
      return id;
    });
    const id = await runs.start(runNamed('finishes'));
    const next = openWindow();
    assert.deepEqual([runs.running, await queued(next)], [[], [id]]);
    const heard = new Promise<EndedRun>((resolve) => next.onEnd(resolve));
    await next.goOn();
    assert.equal((await heard).id, id);
  });

  it('pauses a run, and goes on with it', async () => {
    const id = await waiting();
    await runs.pause(id);
    assert.equal((await end()).end.how, 'paused');
    assert.equal((await only()).state, 'paused');
    await runs.resume(id);
    await until('it to train', () => runs.running[0]?.progress);
    await runs.stop(id);
    assert.equal((await end(2)).end.how, 'stopped');
    const { state, hasModel } = await only();
    assert.deepEqual([state, hasModel], ['stopped', true]);
    await assert.rejects(runs.resume(id), said(/is finished/));
  });

  it('queues no run that trains, however often it is resumed', async () => {
    const told: string[] = [];
    runs.onWait((id) => told.push(id));
    const id = await waiting();
    await runs.pause(id);
    await end();
    await Promise.all([runs.resume(id), runs.resume(id), runs.resume(id)]);
    assert.deepEqual([await new RunQueue(path.join(home, 'runs')).ids(), told], [[], []]);
    await until('it to train', () => runs.running[0]?.progress);
    await runs.pause(id);
    await end(2);
    await runs.goOn();
    assert.deepEqual([runs.running, (await only()).state], [[], 'paused']);
  });

  it('begins no second engine for a run that is queued while it trains', async () => {
    atOnce = 2;
    const id = await waiting();
    const [live] = runs.running;
    await new RunQueue(path.join(home, 'runs')).add(id);
    await runs.goOn();
    assert.deepEqual(runs.running, [live]);
  });

  it('pauses a run whose turn has come while that was asked for', async () => {
    const first = await waiting();
    const second = await runs.start(runNamed('waits'));
    await runs.pause(first);
    await end();
    await Promise.all([runs.goOn(), runs.pause(second)]);
    assert.deepEqual([(await end(2)).id, await queued()], [second, []]);
  });

  for (const name of ['waits', 'stubborn']) {
    it(`cancels a run that ${name === 'waits' ? 'listens' : 'does not listen'}, and can bring it back`, async () => {
      const id = await waiting(name);
      const removed = await runs.cancel(id);
      assert.equal((await end()).end.how, 'canceled');
      assert.deepEqual(await runs.list(), []);
      await runs.restore(removed);
      assert.equal((await only()).state, 'interrupted');
    }).timeout(10_000);
  }

  it('survives the death of an engine: the run can go on', async () => {
    await runs.start(runNamed('dies'));
    assert.equal((await end()).end.how, 'died');
    assert.equal((await only()).state, 'interrupted');
    assert.ok(log.some((line) => line.includes(KILLED)));
  });

  it('passes on why a run failed, and goes on with another backend', async () => {
    const id = await runs.start(runNamed('fails'));
    assert.deepEqual((await end()).end, { how: 'failed', message: 'The device was lost.' });
    const { state, message } = await only();
    assert.deepEqual([state, message], ['failed', 'The device was lost.']);
    await runs.resume(id, 'wasm 2');
    assert.equal((await end(2)).end.how, 'finished');
  });

  it('takes an answer that it does not know for a failure', async () => {
    await runs.start(runNamed('lies'));
    const { end: how } = await end();
    assert.ok(how.how === 'failed' && /Show Log/.test(how.message), JSON.stringify(how));
  });

  it('shows what trains in another window, and leaves it alone', async () => {
    const id = await waiting();
    const other = openWindow();
    const { state, where } = await only(other);
    assert.deepEqual([state, where], ['running', 'elsewhere']);
    await assert.rejects(other.resume(id), said(/another window/));
    await assert.rejects(other.pause(id), said(/not training in this window/));
    await assert.rejects(other.remove(id), /is training/);
  });

  it('leaves its runs interrupted when the window closes, for the next one to go on with', async () => {
    const id = await waiting();
    await appendFile(
      path.join(home, 'runs', id, 'history.jsonl'),
      '{"type":"batch","epoch":0.5,"loss":1,"accuracy":0.5,"learningRate":0.1}\n',
    );
    runs.dispose();
    const next = openWindow();
    await until('the engine to be gone', async () => (await only(next)).where === 'nowhere');
    assert.equal((await only(next)).state, 'interrupted');
    assert.deepEqual([...(await next.curve(id)).toColumns().epoch], [0.5]);
    await next.resume(id);
    await until('it to train', () => next.running[0]?.progress);
    // the point that is learned again is there once
    assert.deepEqual([...(await next.curve(id)).toColumns().epoch], [0.5, 1]);
    assert.deepEqual(ended, []);
  });
});
