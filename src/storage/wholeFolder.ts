import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../base/userError';
import { asUserError } from './fileSystemError';
import { move } from './move';

/** The system's codes where a folder is to be made in what is a file. */
const LIES_IN_A_FILE = ['EEXIST', 'ENOTDIR'];

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
    await move(temporary, folder);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (LIES_IN_A_FILE.includes(code)) {
      throw fail(`${folder} cannot be written to: choose another folder.`, error);
    }
    const told = asUserError(error, folder);
    throw told !== error && told instanceof UserError ? fail(told.message, error) : error;
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}
