import { statfs } from 'node:fs/promises';
import { DatasetError } from '../errors';
import { formatBytes } from './formatBytes';

/** Bytes that a user may still write on the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/**
 * @param free as `freeBytes` counts it
 * @throws DatasetError where the disk has less than is needed
 */
export function checkSpace(what: string, needed: number, free: number, folder: string): void {
  if (free >= needed) return;
  throw new DatasetError(
    `${what} needs ${formatBytes(needed)} and the disk of ${folder} has ${formatBytes(free)} left: free some space.`,
  );
}
