import { statfs } from 'node:fs/promises';
import { DiskFull } from '../errors';
import { formatBytes } from '../../base/words';

/** Bytes that a download takes on the disk while it goes on, those that are there already among them. */
export interface SpaceNeeded {
  /** Of its original files, which stay until the cached form is made of them. */
  readonly files: number;
  /** Of what lies there beside them only until they are whole. */
  readonly part?: number;
  /** Of an archive that is to be fetched, which stays for other datasets. */
  readonly archive?: number;
}

/** Bytes that a user may still write on the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/**
 * @param free as `freeBytes` counts it
 * @throws DiskFull where the disk has less than is needed
 */
export function checkSpace(what: string, needed: number, free: number, folder: string): void {
  if (free >= needed) return;
  throw new DiskFull(
    `${what} needs ${formatBytes(needed)} and the disk of ${folder} has ${formatBytes(free)} left: free some space.`,
  );
}
