import assert from 'node:assert/strict';
import { appendFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HistoryTail } from '../../../src/runs/historyTail';
import { Outliving, RUN_ENDINGS } from '../../../src/runs/outliving';
import { appendHistory, historyFile, lockFile } from '../../../src/runs/runFolder';
import { tryLock } from '../../../src/storage/lock';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';

describe('what a run that outlives its window and windows say to each other', () => {
  let folder: string;
  let run: Outliving;
  let window: Outliving;
  beforeEach(async () => {
    folder = await makeScratchFolder();
    [run, window] = [new Outliving(folder), new Outliving(folder)];
  });
  afterEach(() => removeScratchFolder(folder));

  it('can be followed while its lock is held', async () => {
    const held = await tryLock(lockFile(folder));
    assert.deepEqual([await window.trains(), await window.hasEnded()], [false, false]);
    await run.begin();
    assert.deepEqual([await window.trains(), await window.hasEnded()], [true, false]);
    await held?.release();
    assert.deepEqual([await window.trains(), await window.hasEnded()], [false, true]);
  });

  it('has its end told by one window', async () => {
    await run.begin();
    const other = new Outliving(folder);
    const told = await Promise.all([window.seen(), other.seen()]);
    assert.deepEqual(told.sort(), [false, true]);
    assert.equal(await window.hasEnded(), false);
  });

  for (const ending of RUN_ENDINGS) {
    it(`is told to ${ending}`, async () => {
      await run.begin();
      assert.equal(await run.asked(), undefined);
      await window.ask(ending);
      assert.equal(await run.asked(), ending);
    });
  }

  it('takes what was asked last, and nothing that was asked of a training before', async () => {
    await window.ask('stop');
    await run.begin();
    assert.equal(await run.asked(), undefined);
    await window.ask('pause');
    await window.ask('cancel');
    assert.equal(await run.asked(), 'cancel');
    await run.end();
    assert.deepEqual([await run.asked(), await window.hasEnded()], [undefined, false]);
  });

  it('asks nothing by a damaged file', async () => {
    for (const text of ['{"end":', '{"end":"explode"}', 'x'.repeat(2000)]) {
      await writeFile(path.join(folder, 'asked.json'), text);
      assert.equal(await run.asked(), undefined);
    }
  });
});

describe('the tail of a history', () => {
  let folder: string;
  let tail: HistoryTail;
  beforeEach(async () => {
    folder = await makeScratchFolder();
    tail = new HistoryTail(folder);
  });
  afterEach(() => removeScratchFolder(folder));

  const point = (epoch: number) =>
    ({ type: 'batch', epoch, loss: 1, accuracy: 0.5, learningRate: 0.1 }) as const;
  const epochs = async () => (await tail.news()).map(({ epoch }) => epoch);

  it('is what was added since the last look', async () => {
    assert.deepEqual(await epochs(), []);
    await appendHistory(folder, [point(0.5), point(1)]);
    assert.deepEqual([await epochs(), await epochs()], [[0.5, 1], []]);
    await appendHistory(folder, [point(1.5)]);
    assert.deepEqual(await epochs(), [1.5]);
  });

  it('waits for the end of a line, and leaves out what is damaged', async () => {
    const line = `${JSON.stringify(point(0.5))}\n`;
    await appendFile(historyFile(folder), line + line.slice(0, 20));
    assert.deepEqual(await epochs(), [0.5]);
    await appendFile(historyFile(folder), `${line.slice(20)}{"type":"batch"}\nnonsense\n`);
    assert.deepEqual(await epochs(), [0.5]);
  });

  it('goes on behind what a resumed run has cut off', async () => {
    await appendHistory(folder, [point(0.5)]);
    const { length } = `${JSON.stringify(point(0.5))}\n`;
    await appendHistory(folder, [point(1)]);
    assert.deepEqual(await epochs(), [0.5, 1]);
    await truncate(historyFile(folder), length);
    assert.deepEqual(await epochs(), []);
    await appendHistory(folder, [point(1)]);
    assert.deepEqual(await epochs(), [1]);
  });
});
