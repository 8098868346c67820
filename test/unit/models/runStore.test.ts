import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ModelError } from '../../../src/models/errors';
import { INTERRUPTED, type HistoryLine, type RunFile } from '../../../src/runs/run';
import {
  appendHistory,
  historyBytes,
  readHistory,
  truncateHistory,
  writeState,
} from '../../../src/runs/runFolder';
import { runSettingsSchema } from '../../../src/runs/runSettings';
import { canResume, holdRun, RunStore } from '../../../src/runs/runStore';

const RUN: RunFile = {
  name: 'Digits, quick & small',
  dataset: 'mnist',
  network: { name: 'tiny', input: [28, 28, 1], layers: [{ type: 'flatten' }] },
  settings: runSettingsSchema.parse({}),
  created: '2026-01-02T03:04:05.000Z',
};
const point = (epoch: number): HistoryLine => ({
  type: 'batch',
  epoch,
  loss: 1,
  accuracy: 0.5,
  learningRate: 0.1,
});

describe('the store of runs', () => {
  let home: string;
  let store: RunStore;
  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    store = new RunStore(home);
  });
  afterEach(() => rm(home, { recursive: true }));

  it('is empty before the first run', async () => {
    assert.deepEqual(await store.list(), []);
  });

  it('gives runs of one name folders of their own, and lists the newest first', async () => {
    const first = await store.create(RUN);
    const second = await store.create({ ...RUN, created: '2026-01-03T00:00:00.000Z' });
    assert.deepEqual([first.id, second.id], ['digits-quick-small', 'digits-quick-small-2']);
    assert.deepEqual(await store.list(), [
      { ...second, run: { ...RUN, created: '2026-01-03T00:00:00.000Z' }, state: INTERRUPTED, epochs: [] },
      { ...first, run: RUN, state: INTERRUPTED, epochs: [] },
    ]);
    assert.deepEqual((await store.find(first.id)).folder, first.folder);
    assert.deepEqual((await store.find(second.folder)).id, second.id);
    await assert.rejects(store.find('another'), ModelError);
  });

  it('makes ids of names in any writing', async () => {
    for (const [name, id] of [
      ['Überlauf', 'uberlauf'],
      ['数字', 'run'],
      ['..', 'run-2'],
      ['a/b', 'a-b'],
    ] as const) {
      assert.equal((await store.create({ ...RUN, name })).id, id);
    }
  });

  it('refuses a name that the model could not have in the end', async () => {
    for (const name of ['', 'x'.repeat(101), 'a\ttab'])
      await assert.rejects(store.create({ ...RUN, name }), ModelError);
    const { id } = await store.create(RUN);
    await assert.rejects(store.rename(id, 'two\nlines'), ModelError);
    assert.deepEqual(
      (await store.list()).map(({ run }) => run?.name),
      [RUN.name],
    );
  });

  it('takes a run that says it trains as interrupted unless somebody holds it', async () => {
    const { id, folder } = await store.create(RUN);
    await writeState(folder, { state: 'running', done: 5, total: 10 });
    const state = async () => (await store.find(id)).state;
    assert.deepEqual(await state(), { state: 'interrupted', done: 5, total: 10 });
    const held = await holdRun(folder);
    assert.equal((await state()).state, 'running');
    assert.equal(canResume(await store.find(id)), false);
    await assert.rejects(holdRun(folder), /is training/);
    await assert.rejects(store.remove(id), /is training/);
    await assert.rejects(store.rename(id, 'other'), /is training/);
    await held.release();
    assert.equal(canResume(await store.find(id)), true);
  });

  it('lists a damaged run as failed beside the others', async () => {
    const whole = await store.create(RUN);
    const damage = [
      (folder: string) => truncate(path.join(folder, 'run.json'), 20),
      (folder: string) => writeFile(path.join(folder, 'state.json'), '{"state":"asleep"}'),
      (folder: string) => writeFile(path.join(folder, 'history.jsonl'), '{"type":"epoch"}\n'),
      (folder: string) => truncate(path.join(folder, 'run.json'), 2 ** 21),
      (folder: string) => mkdir(path.join(folder, 'history.jsonl')),
      (folder: string) => rm(path.join(folder, 'run.json')),
    ];
    for (const [index, harm] of damage.entries())
      await harm((await store.create({ ...RUN, name: `d${index}` })).folder);
    await writeFile(path.join(store.folder, 'a file'), '');
    const records = await store.list();
    assert.equal(records.length, damage.length + 1);
    for (const { id, state } of records) {
      if (id === whole.id) assert.equal(state.state, 'interrupted');
      else assert.match(`${state.state}: ${state.message ?? ''}`, /^failed: The run in .* is damaged/);
    }
  });

  it('leaves out a last line of the history that was cut off', async () => {
    const { folder } = await store.create(RUN);
    await appendHistory(folder, [point(0.1), point(0.2)]);
    const kept = await historyBytes(folder);
    await appendHistory(folder, [point(0.3)]);
    await appendFile(path.join(folder, 'history.jsonl'), '{"type":"ba');
    assert.deepEqual(await readHistory(folder), [point(0.1), point(0.2), point(0.3)]);
    await truncateHistory(folder, kept);
    assert.deepEqual(await readHistory(folder), [point(0.1), point(0.2)]);
  });

  it('renames a run, removes it and brings it back', async () => {
    const { id } = await store.create(RUN);
    await store.rename(id, 'Another');
    assert.equal((await store.find(id)).run?.name, 'Another');
    const removed = await store.remove(id);
    assert.deepEqual(await store.list(), []);
    await removed.restore();
    assert.equal((await store.list())[0]?.id, id);
    await (await store.remove(id)).forget();
    assert.deepEqual(await readdir(store.folder), []);
    for (const other of ['none', '..', path.join('..', 'models')])
      await assert.rejects(store.remove(other), ModelError);
  });
});
