import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { holderHere, isHeld, takeOver, tryLock, withLock } from '../../../src/storage/lock';
import { processPlace } from '../../../src/storage/processPlace';
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
  async function held(pid: number, host: string, age = 0, place = processPlace()): Promise<void> {
    await writeFile(file, JSON.stringify({ pid, host, token: 'another', place }));
    await touch(age);
  }

  /** Looks at the lock again and again for as long as given. @returns whether it was taken at last */
  async function looking(milliseconds: number): Promise<boolean> {
    let now = 0;
    const seen = new Stillness(() => now);
    for (; now < milliseconds; now += 300) {
      if (await tryLock(file, seen)) return true;
    }
    return false;
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

  it('is taken over with its key, and free when either gives it up', async () => {
    for (const giver of ['old', 'new']) {
      const old = await tryLock(file);
      assert.ok(old);
      await held(2 ** 22 + 1, os.hostname());
      assert.equal(await takeOver(old.key), undefined);
      await writeFile(file, JSON.stringify({ pid: 1, host: os.hostname(), token: old.key.token }));
      const taken = await takeOver(old.key);
      assert.equal(await holderHere(file), process.pid);
      assert.equal(await tryLock(file), undefined);
      await (giver === 'old' ? old : taken)?.release();
      assert.deepEqual([await isHeld(file), await holderHere(file)], [false, undefined]);
    }
  });

  it('that of another machine holds as long as it gives signs of life', async () => {
    await held(process.pid, 'elsewhere', MINUTE / 2);
    assert.equal(await tryLock(file), undefined);
    await touch(2 * MINUTE);
    assert.ok(await tryLock(file));
  });

  it('that of a process in a container, whose number is nobody here, holds as long as it gives signs of life', async () => {
    for (const place of ['1234 pid:[4026531999]', undefined]) {
      const content = { pid: 2 ** 22 + 1, host: os.hostname(), token: 'another', place };
      await writeFile(file, JSON.stringify(content));
      await touch(MINUTE / 2);
      assert.equal(await tryLock(file), undefined);
      assert.equal(await isHeld(file), true);
      await touch(2 * MINUTE);
      const lock = await tryLock(file);
      assert.ok(lock);
      await lock.release();
    }
  });

  it('a time to come does not hold it: no other sign of life follows for a minute', async () => {
    for (const host of ['elsewhere', os.hostname()]) {
      await held(process.pid, host, -5 * 60 * MINUTE, 'a container');
      assert.equal(await looking(MINUTE - 1000), false);
      assert.equal(await looking(2 * MINUTE), true);
      await rm(file);
      // whoever looks but once, as a command does, and again much later
      await held(process.pid, host, -5 * 60 * MINUTE, 'a container');
      assert.equal(await isHeld(file), true);
      const { mtimeMs } = await stat(file);
      assert.ok(mtimeMs <= Date.now());
      await touch(2 * MINUTE);
      assert.equal(await isHeld(file), false);
      await rm(file);
    }
  });

  it('says who holds it, and where numbers of processes are theirs', async () => {
    const lock = await tryLock(file);
    const holder = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    assert.deepEqual(
      [holder['pid'], holder['host'], holder['place']],
      [process.pid, os.hostname(), processPlace()],
    );
    if (process.platform === 'linux') assert.match(String(processPlace()), /^[-0-9a-f]{36} pid:\[\d+\]$/);
    await lock?.release();
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
