import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { tryLock } from './lock';

/** Milliseconds for which what was removed can be brought back. */
const KEPT_REMOVED = 24 * 60 * 60 * 1000;

/** The name that a removed folder has until it is forgotten. */
export function removedName(id: string): string {
  return `.removed-${Date.now()}-${id}`;
}

/** The id and the time of a removed folder, by its name; undefined where it is none. */
export function removedOf(name: string): { id: string; time: number } | undefined {
  const match = /^\.removed-(\d{1,15})-(.+)$/.exec(name);
  return match?.[2] === undefined ? undefined : { id: match[2], time: Number(match[1]) };
}

/**
 * Takes from the disk what was removed long ago, and what a process that was killed left half made.
 *
 * @param lockOf an id's lock, where whoever works on a folder holds one: without it, what is half made counts as left
 *   behind when it is a day old
 */
export async function sweep(folder: string, lockOf?: (id: string) => string): Promise<void> {
  for (const name of await readdir(folder)) {
    const left = path.join(folder, name);
    const [, kind, id = ''] = /^\.(new|old)-(.+)$/.exec(name) ?? [];
    if (kind !== undefined && lockOf) await removeUnheld(left, kind === 'new' ? lockOf(id) : undefined);
    else {
      const since =
        kind === undefined ? removedOf(name)?.time : (await stat(left).catch(() => undefined))?.mtimeMs;
      if (since !== undefined && Date.now() - since >= KEPT_REMOVED) await remove(left);
    }
  }
}

/** @param lock held by whoever works on the folder; undefined where nobody does */
async function removeUnheld(folder: string, lock: string | undefined): Promise<void> {
  if (lock === undefined) return remove(folder);
  const held = await tryLock(lock);
  if (!held) return;
  try {
    await remove(folder);
  } finally {
    await held.release();
  }
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

/** Removes the files of a folder that nobody has touched for so many milliseconds; there need be no such folder. */
export async function sweepUntouched(folder: string, milliseconds: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() && Date.now() - found.mtimeMs > milliseconds) await rm(file, { force: true });
  }
}
