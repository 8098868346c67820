import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isHeld, tryLock, withLock } from '../../../src/storage/lock';
import { Stillness } from '../../../src/storage/stillness';

const MINUTE = 60_000;

describe('locks', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    file = path.join(folder, 'x.lock');
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A lock that somebody holds, whose last sign of life is as old as given. */
  async function held(pid: number, host: string, age = 0): Promise<void> {
    await writeFile(file, JSON.stringify({ pid, host, token: 'another' }));
    await touch(age);
  }

  async function touch(age: number): Promise<void> {
    const then = new Date(Date.now() - age);
    await utimes(file, then, then);
  }

  it('that of a process that is gone does not hold', async () => {
    await held(2 ** 22 + 1, os.hostname());
    assert.equal(await isHeld(file), false);
    assert.equal(await withLock(file, {}, () => Promise.resolve('mine')), 'mine');
  });

  it('that of a process that lives is waited for', async () => {
    await held(process.pid, os.hostname());
    const stop = new AbortController();
    const onWaiting = () => stop.abort(new Error('Stopped: waiting.'));
    await assert.rejects(
      withLock(file, { signal: stop.signal, onWaiting }, () => Promise.resolve()),
      /waiting/,
    );
  });

  it('that of another machine holds as long as it gives signs of life', async () => {
    await held(process.pid, 'elsewhere', MINUTE / 2);
    assert.equal(await tryLock(file), undefined);
    await touch(2 * MINUTE);
    assert.ok(await tryLock(file));
  });

  it('the machine sleeps for an hour: who waits does not take the lock from who holds it', async () => {
    await held(process.pid, os.hostname(), 60 * MINUTE);
    let now = 0;
    const seen = new Stillness(() => now);
    assert.equal(await tryLock(file, seen), undefined);
    // on some systems the clock that never goes back goes on while they sleep
    now += 60 * MINUTE;
    assert.equal(await tryLock(file, seen), undefined);
    assert.equal(await isHeld(file), true);
    assert.match(await readFile(file, 'utf8'), /another/);
  });

  it('a process that only has the number of the holder does not hold it: it gives no sign of life for a minute', async () => {
    await held(process.pid, os.hostname(), 60 * MINUTE);
    let now = 0;
    const seen = new Stillness(() => now);
    const lookFor = async (milliseconds: number) => {
      for (const end = now + milliseconds; now < end; now += 300) {
        assert.equal(await tryLock(file, seen), undefined);
      }
    };
    await lookFor(MINUTE - 1000);
    await touch(59 * MINUTE);
    await lookFor(MINUTE);
    now += 1000;
    const lock = await tryLock(file, seen);
    assert.ok(lock);
    await lock.release();
    assert.equal(await isHeld(file), false);
  });
});
