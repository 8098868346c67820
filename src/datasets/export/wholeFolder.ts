import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { DatasetError } from '../errors';

/**
 * Writes a folder that is whole or absent: the work fills a temporary one beside it, which then gets its name.
 *
 * @throws DatasetError where the folder is there already or cannot be made; what the work throws
 */
export async function writeWholeFolder(
  folder: string,
  work: (temporary: string) => Promise<void>,
): Promise<void> {
  if (await stat(folder).catch(() => undefined)) {
    throw new DatasetError(`${folder} is there already: name a folder that is not.`);
  }
  const temporary = `${folder}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(folder), { recursive: true });
    await mkdir(temporary);
    await work(temporary);
    await rename(temporary, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC')
      throw new DatasetError(`The disk of ${folder} is full: free some space.`, { cause: error });
    if (
      code === 'EACCES' ||
      code === 'EPERM' ||
      code === 'EROFS' ||
      code === 'ENOTDIR' ||
      code === 'EEXIST'
    ) {
      throw new DatasetError(`${folder} cannot be written to: choose another folder.`, { cause: error });
    }
    throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}
