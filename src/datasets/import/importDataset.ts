import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../base/userError';
import { isWebPage } from '../../base/webPage';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { LONGEST_NAME, type Manifest } from '../store/manifest';
import { findTables, openTables, type TableOptions } from './csv';
import type { DatasetWriter } from './datasetWriter';
import { headOf } from './head';
import { findIdxPairs, openIdx } from './idxFolder';
import { openImageFolder, type ImageFolderOptions } from './imageFolder';
import type { ImportSource } from './importSource';
import { findInk, openInk, type InkOptions } from './inkFiles';
import { holdsPictures } from './labelPictures';
import { openLocation, splitPart } from './location';
import { only, partsOf, type Part } from './parts';
import { watch, type ImportProgress } from './watch';

/** Files that are looked at where nothing could be imported. */
const MOST_LOOKED_AT = 100;

export interface ImportOptions
  extends ImageFolderOptions, Omit<TableOptions, 'mapping'>, Omit<InkOptions, 'part'> {
  /** What the dataset is to be called. Its id is made of it. */
  readonly name: string;
  /** Path of a file with lines of `label code [code]`, for tables and IDX files. */
  readonly mapping?: string | undefined;
  readonly license?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface Imported {
  readonly manifest: Manifest;
  /** One sentence for each thing that was left out. */
  readonly problems: readonly string[];
}

/**
 * An id as manifests have it, made of a name: `My scans (2)` is `my-scans-2`, and `漢字` is `dataset-` with a digest.
 *
 * @throws DatasetError where nothing is called so
 */
export function idOf(name: string): string {
  if (name.length > LONGEST_NAME) {
    throw new DatasetError(
      `The name has ${String(name.length)} characters: choose one of at most ${String(LONGEST_NAME)}.`,
    );
  }
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
    .slice(0, 64);
  if (id !== '') return id;
  if (!/[\p{L}\p{N}]/u.test(name))
    throw new DatasetError(`"${name}" has no letter or digit to make an id of: give another name.`);
  // of other scripts than Latin an id can hold no letter
  return `dataset-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

/**
 * Imports whatever the path holds as one dataset: pictures in folders, IDX pairs, CSV rows, or ink as InkML, UNIPEN,
 * JSON Lines or Chars74K's JSON; a folder, a zip archive, or one file. Behind a hash stands the part that is meant: a
 * split of EMNIST (`gzip.zip#byclass`), or writers of Chars74K (`#writers1-30`). The dataset is stored whole, or not
 * at all.
 *
 * @throws DatasetError, InkError where nothing can be imported, the signal's reason where it is aborted
 */
export async function importDataset(
  location: string,
  options: ImportOptions,
  store: DatasetWriter,
): Promise<Imported> {
  options.signal?.throwIfAborted();
  const { path: file, part } = await splitPart(location);
  const files = await openLocation(file);
  try {
    return await importFrom(files, part, options, store);
  } finally {
    files.close();
  }
}

/**
 * Imports every dataset that lies at the path, as `importDataset` does one: where there are several, each is called
 * after its part, as `scans-pictures` and `scans-ink`.
 *
 * @param choose says which of several are wanted; all unless given
 * @returns what is stored, in order, and a sentence for each dataset that could not be
 * @throws DatasetError, InkError where none can be imported, the signal's reason where it is aborted
 */
export async function importAll(
  location: string,
  options: ImportOptions,
  store: DatasetWriter,
  choose: (names: readonly string[]) => Promise<readonly string[]> = (names) => Promise.resolve(names),
): Promise<{ imported: Imported[]; failed: string[] }> {
  const { path: file, part } = await splitPart(location);
  const named = part !== undefined || options.pattern !== undefined || options.table !== undefined;
  if (named) return { imported: [await importDataset(location, options, store)], failed: [] };
  const files = await openLocation(file);
  try {
    const parts = await partsOf(files);
    const [only, second] = parts;
    if (only && !second)
      return { imported: [await importFrom(only.files, part, options, store)], failed: [] };
    const chosen = await choose(parts.map(({ name }) => name));
    return await importEach(
      parts.filter(({ name }) => chosen.includes(name)),
      options,
      store,
    );
  } finally {
    files.close();
  }
}

async function importEach(parts: readonly Part[], options: ImportOptions, store: DatasetWriter) {
  const imported: Imported[] = [];
  const failed: string[] = [];
  for (const { name, files } of parts) {
    try {
      const own = { ...options, name: `${options.name} ${name}` };
      imported.push(await importFrom(files, undefined, own, store));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      options.signal?.throwIfAborted();
      if (parts.length === 1) throw error;
      failed.push(`${name}: ${error.message}`);
    }
  }
  if (imported.length === 0 && failed[0] !== undefined) throw new DatasetError(failed[0]);
  return { imported, failed };
}

async function importFrom(
  files: FileSource,
  part: string | undefined,
  options: ImportOptions,
  store: DatasetWriter,
): Promise<Imported> {
  const { name, license, signal, onProgress } = options;
  const id = idOf(name);
  const { splits, total, problems, ...about } = await openSource(files, part, options);
  const progress = { done: 0 };
  const watched = splits.map((split) => watch(split, total, progress, signal, onProgress));
  const source = path.basename(files.location) + (part === undefined ? '' : `#${part}`);
  const dataset = { ...about, name, source, ...(license === undefined ? {} : { license }) };
  const manifest = await store.write(id, dataset, watched, signal);
  return { manifest, problems };
}

/** Opens what a path holds, as far as its files must be read to know what that is. */
export async function openSource(
  files: FileSource,
  part: string | undefined,
  options: Omit<ImportOptions, 'name'>,
): Promise<ImportSource> {
  const source = await openKnown(files, part, options);
  for (const problem of files.problems) source.problems.push(problem);
  return source;
}

async function openKnown(
  files: FileSource,
  part: string | undefined,
  options: Omit<ImportOptions, 'name'>,
): Promise<ImportSource> {
  const { signal } = options;
  const chosenPictures = options.pattern !== undefined || options.table !== undefined;
  if (chosenPictures) return openImageFolder(files, options, signal);
  const mapping = options.mapping === undefined ? undefined : await readMappingFile(options.mapping);
  if (part === undefined && holdsPictures(files)) return openImageFolder(files, options, signal);
  const tables = await findTables(files);
  if (tables.length > 0) {
    const own = part === undefined ? files : only(files, part);
    return openTables(
      own,
      tables.filter((name) => own.names.includes(name)),
      { ...options, mapping },
      signal,
    );
  }
  const pairs = await findIdxPairs(files, part);
  if (pairs.length > 0) return openIdx(files, pairs, { ...options, mapping }, signal);
  const ink = await findInk(files);
  if (ink.size > 0) return openInk(files, ink, { ...options, part }, signal);
  if (part !== undefined)
    throw new DatasetError(`${files.location} has no part "${part}": check what stands behind the #.`);
  const page = await webPageOf(files);
  if (page !== undefined) {
    throw new DatasetError(`${page} is a web page and not what its name says: fetch it again.`);
  }
  const [problem] = files.problems;
  const without = problem === undefined ? '' : ` (left out: ${problem.replace(/\.$/, '')})`;
  throw new DatasetError(
    `${files.location} holds nothing that Scrawl can import${without}: give pictures in folders, IDX or CSV files, or ink.`,
  );
}

/** A file that is a web page under another name, as servers give where there is no such file. */
async function webPageOf(files: FileSource): Promise<string | undefined> {
  for (const name of files.names.slice(0, MOST_LOOKED_AT)) {
    if (!/\.html?$/i.test(name) && isWebPage(await headOf(files, name))) return name;
  }
  return undefined;
}

async function readMappingFile(location: string): Promise<string> {
  try {
    return await readFile(location, 'latin1');
  } catch (cause) {
    throw new DatasetError(`The mapping ${location} cannot be read: check the path.`, { cause });
  }
}
