import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DatasetError } from '../errors';
import { openFiles, singleFile, type FileSource } from '../files';
import type { Manifest } from '../manifest';
import { sampleCount } from '../samples';
import { isCsv, openCsv, type TableOptions } from './csv';
import type { DatasetWriter, SplitStream } from './datasetWriter';
import { findIdxPairs, openIdx } from './idxFolder';
import { openImageFolder, type ImageFolderOptions } from './imageFolder';
import type { ImportSource } from './importSource';
import { findInk, openInk, type InkOptions } from './inkFiles';
import { holdsPictures } from './labelPictures';

/** Samples done, and all that there are as far as is known. */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

export interface ImportOptions
  extends ImageFolderOptions, Omit<TableOptions, 'mapping'>, Omit<InkOptions, 'part'> {
  /** What the dataset is to be called. Its id is made of it. */
  readonly name: string;
  /** Path of a file with lines of `label code [code]`, for tables and IDX files. */
  readonly mapping?: string | undefined;
  readonly licence?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface Imported {
  readonly manifest: Manifest;
  /** One sentence for each thing that was left out. */
  readonly problems: readonly string[];
}

/** An id as manifests have it, made of a name: `My scans (2)` is `my-scans-2`. */
export function idOf(name: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
    .slice(0, 64);
  if (id === '')
    throw new DatasetError(`"${name}" has no letter or digit to make an id of: give another name.`);
  return id;
}

/**
 * Imports whatever the path holds: pictures in folders, IDX pairs, CSV rows, or ink as InkML, UNIPEN, JSON Lines or
 * Chars74K's JSON; a folder, a zip archive, or one file. Behind a hash stands the part that is meant: a split of EMNIST
 * (`gzip.zip#byclass`), or writers of Chars74K (`#writers1-30`). The dataset is stored whole, or not at all.
 *
 * @throws DatasetError, InkError where nothing can be imported, the signal's reason where it is aborted
 */
export async function importDataset(
  location: string,
  options: ImportOptions,
  store: DatasetWriter,
): Promise<Imported> {
  const { name, signal, onProgress } = options;
  const id = idOf(name);
  signal?.throwIfAborted();
  const { path: file, part } = await splitPart(location);
  const files = await openAny(file);
  try {
    const { splits, total, problems, ...about } = await openSource(files, part, options);
    const progress = { done: 0 };
    const watched = splits.map((split) => watch(split, total, progress, signal, onProgress));
    const source = path.basename(file) + (part === undefined ? '' : `#${part}`);
    const dataset = {
      ...about,
      name,
      source,
      ...(options.licence === undefined ? {} : { licence: options.licence }),
    };
    const manifest = await store.write(id, dataset, watched, signal);
    return { manifest, problems };
  } finally {
    files.close();
  }
}

/** Opens what a path holds, as far as its files must be read to know what that is. */
export async function openSource(
  files: FileSource,
  part: string | undefined,
  options: Omit<ImportOptions, 'name'>,
): Promise<ImportSource> {
  const { signal } = options;
  const chosenPictures = options.pattern !== undefined || options.table !== undefined;
  if (chosenPictures) return openImageFolder(files, options, signal);
  const mapping = options.mapping === undefined ? undefined : await readMappingFile(options.mapping);
  if (part === undefined && holdsPictures(files)) return openImageFolder(files, options, signal);
  if (files.names.some(isCsv))
    return openCsv(part === undefined ? files : only(files, part), { ...options, mapping }, signal);
  const pairs = await findIdxPairs(files, part);
  if (pairs.length > 0) return openIdx(files, pairs, { ...options, mapping }, signal);
  const ink = await findInk(files);
  if (ink.size > 0) return openInk(files, ink, { ...options, part }, signal);
  if (part !== undefined)
    throw new DatasetError(`${files.location} has no part "${part}": check what stands behind the #.`);
  throw new DatasetError(
    `${files.location} holds nothing that Scrawl can import: give pictures in folders, IDX or CSV files, or ink.`,
  );
}

/** The files of one part of several, by a word of their names. */
function only(files: FileSource, part: string): FileSource {
  const names = files.names.filter((name) =>
    path.posix.basename(name).toLowerCase().includes(part.toLowerCase()),
  );
  return { ...files, names };
}

async function splitPart(location: string): Promise<{ path: string; part: string | undefined }> {
  const hash = location.lastIndexOf('#');
  if (hash <= 0 || (await stat(location).catch(() => undefined))) return { path: location, part: undefined };
  return { path: location.slice(0, hash), part: location.slice(hash + 1) };
}

/** Opens a folder, an archive or one file, with the mapping that may lie beside a file. */
async function openAny(location: string): Promise<FileSource> {
  const found = await stat(location).catch(() => undefined);
  if (!found) throw new DatasetError(`There is nothing at ${location}: check the path.`);
  if (found.isDirectory() || (await isZip(location))) return openFiles(location);
  if (/\.zip$/i.test(location)) return openFiles(location);
  if (!isCsv(location)) return singleFile(location);
  const beside = location.replace(/([-_](train|test)[^/\\]*)?\.csv(\.gz)?$/i, '-mapping.txt');
  const mapping = (await stat(beside).catch(() => undefined)) ? [beside] : [];
  return { ...singleFile(location), names: [location, ...mapping] };
}

async function isZip(location: string): Promise<boolean> {
  for await (const piece of singleFile(location).stream(location))
    return piece.toString('latin1', 0, 4) === 'PK\x03\x04';
  throw new DatasetError(`${location} is empty: fetch it again.`);
}

async function readMappingFile(location: string): Promise<string> {
  try {
    return await readFile(location, 'latin1');
  } catch (cause) {
    throw new DatasetError(`The mapping ${location} cannot be read: check the path.`, { cause });
  }
}

/** Passes batches on, says how far it is, and ends when it is told to. */
function watch(
  { split, batches }: SplitStream,
  total: number,
  progress: { done: number },
  signal: AbortSignal | undefined,
  onProgress: ImportOptions['onProgress'],
): SplitStream {
  async function* watched() {
    for await (const batch of batches) {
      signal?.throwIfAborted();
      yield batch;
      progress.done += sampleCount(batch);
      onProgress?.({ done: progress.done, total });
    }
  }
  return { split, batches: watched() };
}
