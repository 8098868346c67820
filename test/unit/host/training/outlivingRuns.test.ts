import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type EndedRun, TrainingRuns } from '../../../../src/host/training/trainingRuns';
import { readCard } from '../../../../src/models/modelFolder';
import { Outliving } from '../../../../src/runs/outliving';
import type { RunFile } from '../../../../src/runs/run';
import { lockFile } from '../../../../src/runs/runFolder';
import { RunQueue } from '../../../../src/runs/runQueue';
import { RunStore } from '../../../../src/runs/runStore';
import { holderHere } from '../../../../src/storage/lock';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { until } from '../../../harness/until';
import { TINY_RUN } from '../../engine/runs/tinyRun';

/** So many epochs that a run does not end by itself while it is ended. */
const ENDLESS = { ...TINY_RUN, settings: { ...TINY_RUN.settings, epochs: 10_000, patience: 0 } };
const PROGRAM = path.resolve('out', 'test', 'unit', 'host', 'training', 'windowProgram.js');

describe('runs that outlive their window', function () {
  this.timeout(90_000);
  let home: string;
  let store: RunStore;
  let windows: TrainingRuns[];
  beforeEach(async () => {
    home = await makeScratchFolder();
    store = new RunStore(home);
    windows = [];
  });
  afterEach(async () => {
    for (const window of windows) window.dispose();
    for (const folder of (await store.places()).values()) {
      const pid = await holderHere(lockFile(folder));
      if (pid === undefined) continue;
      process.kill(pid, 'SIGKILL');
      await until('the run to be gone', async () => (await holderHere(lockFile(folder))) === undefined);
    }
    await removeScratchFolder(home);
  });

  const openWindow = (script = path.resolve('dist', 'engine.js')) => {
    const window = new TrainingRuns({
      home,
      script,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      openData: () => Promise.resolve(),
      atOnce: () => 1,
      outlives: () => true,
    });
    windows.push(window);
    const ended: EndedRun[] = [];
    window.onEnd((run) => ended.push(run));
    return { window, ended };
  };
  /** A window that is gone, and what it has started. */
  const leftBehind = async (...runs: RunFile[]) => {
    const program = spawn(process.execPath, [PROGRAM, home, JSON.stringify(runs)], { stdio: 'inherit' });
    const [code] = (await once(program, 'exit')) as [number | null];
    assert.notEqual(code, 0);
  };
  const only = async (window: TrainingRuns) => (await window.list())[0] ?? assert.fail('there is no run');
  const learning = (window: TrainingRuns) =>
    until('it to learn', () => {
      const progress = window.running[0]?.progress;
      return progress && progress.phase === 'training' && progress.done > 0 && progress;
    });

  it('train on, and the next window shows where they are, pauses, resumes and stops them', async () => {
    await leftBehind(ENDLESS);
    const { window, ended } = openWindow();
    await window.attach();
    const { id, state, where, outlives } = await only(window);
    assert.deepEqual({ state, where, outlives }, { state: 'running', where: 'here', outlives: true });
    const before = await learning(window);
    const { done } = await until('it to go on', () => {
      const { progress } = window.running[0] ?? {};
      return progress && progress.done > before.done && progress;
    });
    assert.equal(before.backend, 'wasm');
    // all that it has learned, from its first point on
    const curve = await window.curve(id);
    const perEpoch = (await only(window)).total / 10_000;
    await until('the curve', () => (curve.toColumns().epoch.at(-1) ?? 0) * perEpoch >= done);
    const { epoch } = curve.toColumns();
    assert.deepEqual(
      [...epoch],
      [...new Set(epoch)].sort((a, b) => a - b),
    );
    assert.deepEqual(
      curve.epochs.map((each) => each.epoch),
      curve.epochs.map((_, at) => at + 1),
    );

    await window.pause(id);
    assert.equal((await until('its end', () => ended[0])).end.how, 'paused');
    const paused = await only(window);
    assert.deepEqual([paused.state, paused.where], ['paused', 'nowhere']);

    await window.resume(id);
    await until('it to learn more', () => (window.running[0]?.progress?.done ?? 0) > paused.done);
    await window.stop(id);
    const { end } = await until('its end', () => ended[1]);
    assert.ok(end.how === 'stopped', JSON.stringify(end));
    const card = await readCard(end.result.model ?? '');
    assert.deepEqual([card.name, card.training.history.length], ['tiny', end.result.epochs]);
    assert.ok(end.result.accuracy !== undefined && end.result.accuracy > 0);
    assert.equal((await only(window)).hasModel, true);
  });

  it('are the same in two windows, and either can end them', async () => {
    const [first, second] = [openWindow(), openWindow()];
    const id = await first.window.start(ENDLESS);
    await learning(first.window);
    await second.window.attach();
    await learning(second.window);
    assert.equal((await only(second.window)).where, 'here');
    await second.window.stop(id);
    for (const { ended } of [first, second]) {
      assert.equal((await until('its end', () => ended[0])).end.how, 'stopped');
    }
    const [here, there] = [await only(first.window), await only(second.window)];
    assert.deepEqual(here, there);
  });

  it('tell of their end when the next window is opened, once', async () => {
    await leftBehind({ ...ENDLESS, settings: { ...ENDLESS.settings, stopAfterMinutes: 0.05 } });
    const id = [...(await store.places()).keys()][0] ?? '';
    await until('its end', async () => (await store.find(id)).state.state === 'finished', 60_000);
    await until('its process to be gone', async () => {
      return (await holderHere(lockFile((await store.find(id)).folder))) === undefined;
    });
    const [first, second] = [openWindow(), openWindow()];
    await first.window.attach();
    await second.window.attach();
    const [told] = first.ended;
    assert.ok(told?.end.how === 'finished');
    assert.equal((await readCard(told.end.result.model ?? '')).name, 'tiny');
    assert.deepEqual(second.ended, []);
  });

  it('hold their place to train in: what waits begins when a window is there', async () => {
    await leftBehind(ENDLESS, { ...TINY_RUN, name: 'waits' });
    const { window, ended } = openWindow();
    await window.attach();
    await window.goOn();
    assert.deepEqual(
      window.running.map(({ name }) => name),
      ['tiny'],
    );
    assert.deepEqual(await new RunQueue(store.folder).ids(), ['waits']);
    await window.stop(window.running[0]?.id ?? '');
    const { name, end } = await until('the end of what waited', () => ended[1], 60_000);
    assert.deepEqual([name, end.how], ['waits', 'finished']);
  });

  it('see to the next member of an ensemble without a window', async () => {
    const ensemble = { id: 'x', name: 'duo', combine: 'average' as const, members: 2, member: 1 };
    const settings = { ...ENDLESS.settings, stopAfterMinutes: 0.05 };
    await leftBehind({ ...ENDLESS, settings, name: 'duo 1', ensemble });
    const queue = new RunQueue(store.folder);
    assert.deepEqual(await until('the next member', async () => (await queue.ids())[0], 60_000), 'duo-2');
  });

  it('are canceled at once, and can be brought back', async () => {
    const { window, ended } = openWindow();
    const id = await window.start(ENDLESS);
    await learning(window);
    const removed = await window.cancel(id);
    assert.equal((await until('its end', () => ended[0])).end.how, 'canceled');
    assert.deepEqual(await window.list(), []);
    await window.restore(removed);
    assert.equal((await only(window)).state, 'interrupted');
  });

  it('are interrupted when their process crashes, and can be resumed', async () => {
    const { window, ended } = openWindow();
    const id = await window.start(ENDLESS);
    await learning(window);
    const { folder } = await store.find(id);
    process.kill((await holderHere(lockFile(folder))) ?? 0, 'SIGKILL');
    assert.equal((await until('its end', () => ended[0])).end.how, 'died');
    assert.equal((await only(window)).state, 'interrupted');
    await window.resume(id);
    await learning(window);
    await window.stop(id);
    assert.equal((await until('its end', () => ended[1])).end.how, 'stopped');
  });

  it('pass on why they failed', async () => {
    const { window, ended } = openWindow();
    const id = await window.start({ ...TINY_RUN, dataset: path.join(home, 'nowhere') });
    const { end } = await until('its end', () => ended[0]);
    assert.ok(end.how === 'failed' && /nowhere/.test(end.message), JSON.stringify(end));
    assert.match(await readFile(path.join(store.folder, id, 'training.log'), 'utf8'), /nowhere/);
  });

  it('are left alone by a process that cannot even begin', async () => {
    const { window, ended } = openWindow(path.join(home, 'no-engine.js'));
    const id = await window.start(TINY_RUN);
    assert.equal((await until('its end', () => ended[0])).end.how, 'died');
    assert.equal((await only(window)).state, 'interrupted');
    assert.equal(await new Outliving((await store.find(id)).folder).trains(), false);
    // its place is free again
    assert.ok(await new RunQueue(store.folder).slot(1));
  });
});
