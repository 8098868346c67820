import { readFile, stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { ModelError } from '../models/errors';
import { touch } from '../storage/touch';
import { computedFile, writeComputed } from './computedFile';
import type { EvaluationKey } from './evaluationFile';

/** What is computed of a model and a split, and how it lies in a file. */
export interface ComputedKind<K extends EvaluationKey, E> {
  /** Ends the name of the file. */
  readonly extension: string;
  /** No file has more bytes. */
  readonly mostBytes: number;
  /** @throws ModelError where the file is damaged */
  readonly parse: (file: Buffer) => E;
  /** What it depends on besides model, split and backend. */
  readonly more?: (key: K) => readonly string[];
}

/** Where an evaluation was kept, or why it was not, as a sentence. */
export type Kept =
  | { readonly file: string; readonly problem: undefined }
  | { readonly file: undefined; readonly problem: string };

/**
 * Evaluations of one kind in a home folder: a folder for each model, named by its checksum, with a file for each split
 * that it was evaluated on. The bundled models' own folders cannot be written to, so no model's is. Any number of
 * processes may use it at the same time.
 */
export class ComputedStore<K extends EvaluationKey, E extends { readonly header: { readonly key: K } }> {
  constructor(
    protected readonly home: string,
    private readonly kind: ComputedKind<K, E>,
  ) {}

  /** Where an evaluation lies, whether it is there or not. */
  file(key: K): string {
    return computedFile(this.home, key, this.kind.extension, this.kind.more?.(key));
  }

  /** The evaluation of this very model and data; undefined where there is none, or what lies there is damaged. */
  async read(key: K): Promise<E | undefined> {
    const evaluation = await readComputed(this.file(key), this.kind).catch(() => undefined);
    return evaluation && isDeepStrictEqual(evaluation.header.key, key) ? evaluation : undefined;
  }

  /**
   * Writes an evaluation, whole or not at all.
   *
   * @param bytes of its file
   * @throws ModelError where the disk does not take it
   */
  async write(key: K, bytes: Buffer): Promise<string> {
    const file = this.file(key);
    await writeComputed(file, bytes);
    return file;
  }

  /** As `write`; figures are worth showing though the disk does not take them. */
  async keep(key: K, bytes: Buffer): Promise<Kept> {
    if (bytes.length > this.kind.mostBytes) {
      return {
        file: undefined,
        problem: 'The evaluation is too large to be kept: evaluate a smaller split.',
      };
    }
    try {
      return { file: await this.write(key, bytes), problem: undefined };
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      return { file: undefined, problem: error.message };
    }
  }
}

/**
 * Reads one evaluation, and notes that it was used.
 *
 * @throws ModelError where it is missing, damaged, or larger than any that is written
 */
export async function readComputed<E>(
  file: string,
  { mostBytes, parse }: Pick<ComputedKind<never, E>, 'mostBytes' | 'parse'>,
): Promise<E> {
  const size = (await stat(file).catch(() => undefined))?.size;
  if (size === undefined || size > mostBytes) {
    throw new ModelError('There is no such stored evaluation: evaluate the model again.');
  }
  await touch(file);
  return parse(await readFile(file));
}
