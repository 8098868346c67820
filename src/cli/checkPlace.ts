import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../base/userError';
import { asUserError } from '../storage/fileSystemError';

/**
 * Holds that a file can be written at a path: it is no folder, and lies in one that can be written to.
 *
 * @throws UserError where it cannot
 */
export async function checkPlace(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) throw new UserError(`${file} is a folder, not a file: choose a file.`);
  await access(path.dirname(path.resolve(file)), constants.W_OK).catch((cause: unknown) => {
    throw asUserError(cause);
  });
}
