import { readFile, stat } from 'node:fs/promises';

/**
 * A file of text.
 *
 * @throws Error where it is no file, or larger than `most` bytes
 */
export async function readText(file: string, most: number): Promise<string> {
  const found = await stat(file);
  if (!found.isFile()) throw new Error(`${file} is no file`);
  if (found.size > most) throw new Error(`${file} is larger than ${most} bytes`);
  return readFile(file, 'utf8');
}
