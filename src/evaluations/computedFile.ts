import { createHash } from 'node:crypto';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ModelError } from '../models/errors';
import { headerEnd } from './arraysFile';
import type { EvaluationKey } from './evaluationFile';

/** Of the start of a file, in which most headers end, and more than any header takes. */
const MOST_STARTS = [2 ** 16, 2 ** 22 + 2 ** 10];

/** Holds a folder for each model. */
export function evaluationsFolder(home: string): string {
  return path.join(home, 'evaluations');
}

/**
 * Where what is computed of a model lies.
 *
 * @param model its checksum
 */
export function computedFolder(home: string, model: string): string {
  if (!/^[0-9a-f]{64}$/.test(model)) throw new RangeError('not a checksum');
  return path.join(evaluationsFolder(home), model.slice(0, 32));
}

/**
 * Where what is computed of a model and a split lies, whether it is there or not.
 *
 * @param more what it depends on besides
 */
export function computedFile(
  home: string,
  { model, dataset, split, part, backend }: EvaluationKey,
  extension: string,
  more: readonly string[] = [],
): string {
  const name = createHash('sha256')
    .update(JSON.stringify([dataset, split, part, ...(backend === undefined ? [] : [backend]), ...more]))
    .digest('hex');
  return path.join(computedFolder(home, model), `${split}-${name.slice(0, 24)}${extension}`);
}

/**
 * Writes a file, whole or not at all.
 *
 * @throws ModelError where the disk does not take it
 */
export async function writeComputed(file: string, bytes: Buffer): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomic(file, bytes);
  } catch (cause) {
    throw new ModelError(`The evaluation cannot be kept in ${path.dirname(file)}: check the disk.`, {
      cause,
    });
  }
}

/**
 * The header of a file, of which no more is read; throws where it cannot be read.
 *
 * @param parse reads the header at the start of what it is given
 */
export async function readHeaderOf<T>(file: string, parse: (start: Buffer) => T): Promise<T> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const [usual = 0, most = 0] = MOST_STARTS;
    const first = await startOf(handle, Math.min(usual, size));
    return headerEnd(first) <= first.length
      ? parse(first)
      : parse(await startOf(handle, Math.min(most, size)));
  } finally {
    await handle.close();
  }
}

async function startOf(handle: FileHandle, bytes: number): Promise<Buffer> {
  const start = Buffer.alloc(bytes);
  const { bytesRead } = await handle.read(start, 0, bytes, 0);
  return start.subarray(0, bytesRead);
}
