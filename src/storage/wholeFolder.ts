import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const REASONS: Readonly<Record<string, (folder: string) => string>> = {
  ENOSPC: (folder) => `The disk of ${folder} is full: free some space.`,
  EACCES: cannotBeWritten,
  EPERM: cannotBeWritten,
  EROFS: cannotBeWritten,
  ENOTDIR: cannotBeWritten,
  EEXIST: cannotBeWritten,
};

function cannotBeWritten(folder: string): string {
  return `${folder} cannot be written to: choose another folder.`;
}

/**
 * Writes a folder that is whole or absent: the work fills a temporary one beside it, which then gets its name.
 *
 * @param fail makes the error of a sentence for the user
 * @throws what `fail` makes where the folder is there already or cannot be made; what the work throws
 */
export async function writeWholeFolder(
  folder: string,
  work: (temporary: string) => Promise<void>,
  fail: (sentence: string, cause?: unknown) => Error,
): Promise<void> {
  if (await stat(folder).catch(() => undefined)) {
    throw fail(`${folder} is there already: name a folder that is not.`);
  }
  const temporary = `${path.resolve(folder)}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(folder), { recursive: true });
    await mkdir(temporary);
    await work(temporary);
    await rename(temporary, folder);
  } catch (error) {
    const sentence = REASONS[(error as NodeJS.ErrnoException).code ?? '']?.(folder);
    throw sentence === undefined ? error : fail(sentence, error);
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}
