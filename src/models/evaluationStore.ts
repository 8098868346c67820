import { createHash } from 'node:crypto';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { touch } from '../storage/touch';
import { ModelError } from './errors';
import {
  MOST_EVALUATION_BYTES,
  readEvaluation,
  readEvaluationHeader,
  type EvaluationHeader,
  type EvaluationKey,
  type StoredEvaluation,
} from './evaluationFile';

/** Ends the name of an evaluation's file; what else is computed of the same samples has more behind it. */
export const EVALUATION_EXTENSION = '.scrawleval';
/** More than any header takes. */
const HEADER_BYTES = 2 ** 22 + 2 ** 10;

/**
 * The evaluations in a home folder: a folder for each model, named by its checksum, with a file for each split that it
 * was evaluated on. The bundled model's own folder cannot be written to, so no model's is. Any number of processes may
 * use it at the same time.
 */
export class EvaluationStore {
  constructor(private readonly home: string) {}

  /** Where an evaluation lies, whether it is there or not. */
  file(key: EvaluationKey): string {
    const { dataset, split, part, backend } = key;
    const name = createHash('sha256')
      .update(JSON.stringify([dataset, split, part, ...(backend === undefined ? [] : [backend])]))
      .digest('hex');
    return path.join(this.folder(key.model), `${split}-${name.slice(0, 24)}${EVALUATION_EXTENSION}`);
  }

  /** The evaluation of this very model and data; undefined where there is none, or what lies there is damaged. */
  async read(key: EvaluationKey): Promise<StoredEvaluation | undefined> {
    const evaluation = await readEvaluationFile(this.file(key)).catch(() => undefined);
    return evaluation && isDeepStrictEqual(evaluation.header.key, key) ? evaluation : undefined;
  }

  /**
   * Writes an evaluation, whole or not at all.
   *
   * @param bytes as `writeEvaluation` makes them
   * @throws ModelError where the disk does not take it
   */
  async write(key: EvaluationKey, bytes: Buffer): Promise<string> {
    const file = this.file(key);
    try {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFileAtomic(file, bytes);
    } catch (cause) {
      throw new ModelError(`The evaluation cannot be kept in ${path.dirname(file)}: check the disk.`, {
        cause,
      });
    }
    return file;
  }

  /** Where what is computed of a model lies, its evaluations and embeddings. */
  folder(model: string): string {
    if (!/^[0-9a-f]{64}$/.test(model)) throw new RangeError('not a checksum');
    return path.join(evaluationsFolder(this.home), model.slice(0, 32));
  }
}

/** Holds a folder for each model. */
export function evaluationsFolder(home: string): string {
  return path.join(home, 'evaluations');
}

/**
 * Reads one evaluation, and notes that it was used.
 *
 * @throws ModelError where it is missing, damaged, or larger than any that is written
 */
export async function readEvaluationFile(file: string): Promise<StoredEvaluation> {
  const size = (await stat(file).catch(() => undefined))?.size;
  if (size === undefined || size > MOST_EVALUATION_BYTES) {
    throw new ModelError('There is no such stored evaluation: evaluate the model again.');
  }
  await touch(file);
  return readEvaluation(await readFile(file));
}

/** What an evaluation's file says of it; throws where it cannot be read. */
export async function readEvaluationHeaderOf(file: string): Promise<EvaluationHeader> {
  const handle = await open(file);
  try {
    const start = Buffer.alloc(Math.min(HEADER_BYTES, (await handle.stat()).size));
    const { bytesRead } = await handle.read(start, 0, start.length, 0);
    return readEvaluationHeader(start.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
