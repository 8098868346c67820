import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

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

/** Takes from the disk what was removed long ago, and what a process that was killed left half made. */
export async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const left = path.join(folder, name);
    const halfMade = /^\.(new|old)-/.test(name);
    const since = halfMade ? (await stat(left).catch(() => undefined))?.mtimeMs : removedOf(name)?.time;
    if (since === undefined || Date.now() - since < KEPT_REMOVED) continue;
    await rm(left, { recursive: true, force: true });
  }
}

/** Removes the files of a folder that nobody has touched for so many milliseconds; there need be no such folder. */
export async function sweepUntouched(folder: string, milliseconds: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() && Date.now() - found.mtimeMs > milliseconds) await rm(file, { force: true });
  }
}
