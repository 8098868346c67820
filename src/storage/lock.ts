import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { move } from './move';
import { pause } from './pause';
import { processPlace } from './processPlace';
import { Stillness } from './stillness';
import { touch } from './touch';

/** Milliseconds between two signs of life, and without one until a holder counts as gone. */
const SIGN_OF_LIFE = 5000;
const GONE_AFTER = 60_000;
/** Milliseconds between two looks at a lock that another process holds. */
const LOOK_AGAIN = 300;

const holderSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  token: z.string(),
  /** Where its number is its own, as `processPlace` says it. */
  place: z.string().optional(),
});
type Holder = z.infer<typeof holderSchema>;

/** What this process saw of the locks of others. */
const SEEN = new Stillness();

/** A lock that one has. */
export interface Held {
  /** What another process takes it over with. */
  readonly key: HeldKey;
  /** Gives it up, whoever took it over meanwhile. */
  release(): Promise<void>;
}

/** A lock that is to be handed to another process. */
export interface HeldKey {
  readonly file: string;
  readonly token: string;
}

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told once when another process holds the lock. */
  readonly onWaiting?: (() => void) | undefined;
}

/**
 * Waits for a lock and does the work while holding it. The lock of a process that was killed is free at once, which
 * locks that only count on a time limit are not.
 *
 * @param file stands for the lock; its folder is made
 * @throws the signal's reason when it is aborted while waiting
 */
export async function withLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  let told = false;
  for (;;) {
    options.signal?.throwIfAborted();
    const held = await tryLock(file);
    if (held) {
      try {
        return await work();
      } finally {
        await held.release();
      }
    }
    if (!told) options.onWaiting?.();
    told = true;
    await pause(LOOK_AGAIN, options.signal);
  }
}

/**
 * Takes a lock if it is free; undefined where another process, or another part of this one, holds it.
 *
 * @param seen of the locks until now
 */
export async function tryLock(file: string, seen: Stillness = SEEN): Promise<Held | undefined> {
  await mkdir(path.dirname(file), { recursive: true });
  const key = { file, token: randomUUID() };
  if (!(await create(file, me(key)))) {
    if (!(await breakIfGone(file, seen)) || !(await create(file, me(key)))) return undefined;
  }
  seen.forget(file);
  return living(key);
}

/**
 * Takes a lock over from the process that has it and started this one: it stays held when that process ends first.
 *
 * @returns undefined where somebody else has it by now
 */
export async function takeOver(key: HeldKey): Promise<Held | undefined> {
  const { file, token } = key;
  if ((await read(file))?.token !== token) return undefined;
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, JSON.stringify(me(key)));
  await move(own, file);
  return living(key);
}

/** The number of the process that holds a lock, where it lives and its number is known here. */
export async function holderHere(file: string): Promise<number | undefined> {
  const holder = await read(file);
  return holder && isHere(holder) && isAlive(holder.pid) ? holder.pid : undefined;
}

/** This process as the holder of a lock. */
function me({ token }: HeldKey): Holder {
  return { pid: process.pid, host: os.hostname(), token, place: processPlace() };
}

/** Gives signs of life until the lock is given up. */
function living(key: HeldKey): Held {
  const { file, token } = key;
  const life = setInterval(() => void touch(file), SIGN_OF_LIFE);
  life.unref();
  return {
    key,
    release: async () => {
      clearInterval(life);
      if ((await read(file))?.token === token) await rm(file, { force: true });
    },
  };
}

/** Whether a lock is held by anybody who lives, without taking it. */
export async function isHeld(file: string): Promise<boolean> {
  const touched = await lastSign(file);
  return touched !== undefined && !isGone(file, await read(file), touched, SEEN);
}

/** Whether a file's name is one that a lock has for an instant, before or after it counts. */
export function isLockInTheMaking(name: string): boolean {
  return /\.lock\.[0-9a-f-]{36}$/.test(name);
}

/** Makes the file with its content in one step, so that nobody reads half of it. */
async function create(file: string, holder: Holder): Promise<boolean> {
  const own = `${file}.${holder.token}`;
  await writeFile(own, JSON.stringify(holder));
  try {
    await link(own, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // a disk without hard links
    return await writeFile(file, JSON.stringify(holder), { flag: 'wx' }).then(
      () => true,
      () => false,
    );
  } finally {
    await rm(own, { force: true });
  }
}

/** Takes away the lock of a holder that is gone. */
async function breakIfGone(file: string, seen: Stillness): Promise<boolean> {
  const holder = await read(file);
  const touched = await lastSign(file);
  if (touched === undefined) return true;
  if (!isGone(file, holder, touched, seen)) return false;
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    // somebody else was faster
    return true;
  }
  const taken = await read(aside);
  // what was taken away is another's new lock: put it back
  if (taken?.token !== holder?.token) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
  return taken?.token === holder?.token;
}

/**
 * When a lock's holder gave the last sign of life; undefined where there is no lock. A time to come is a clock's that was
 * wrong: it becomes now, so that whoever looks in a minute sees whether another sign followed.
 */
async function lastSign(file: string): Promise<number | undefined> {
  const time = async () => (await stat(file).catch(() => undefined))?.mtimeMs;
  const touched = await time();
  if (touched === undefined || touched <= Date.now() + GONE_AFTER) return touched;
  await touch(file);
  return time();
}

/**
 * Whether a holder lives no longer. Of one on this machine whose number is known here, a last sign of life may be old, for
 * it slept when the machine did: it is gone where its process is, or where another has its number and gives no sign while
 * somebody watches. Of all others, in a container on this machine or elsewhere, only signs of life tell.
 */
function isGone(file: string, holder: Holder | undefined, touched: number, seen: Stillness): boolean {
  const isStill = seen.look(file, touched) > GONE_AFTER;
  if (holder && isHere(holder)) return !isAlive(holder.pid) || isStill;
  return isStill || Date.now() - touched > GONE_AFTER;
}

function isHere({ host, place }: Holder): boolean {
  return place !== undefined && place === processPlace() && host === os.hostname();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function read(file: string): Promise<Holder | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
