import { createHash, type Hash } from 'node:crypto';
import { open, mkdir, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { DatasetError } from '../errors';
import { writeCachedInk } from './inkCache';
import type { Manifest } from './manifest';
import type { Samples } from '../samples';
import type { Split } from '../../base/split';
import { move } from '../../storage/move';

/** Bytes that are read or written at a time. */
const CHUNK = 2 ** 24;
/** Reads that are under way at a time: as many threads as Node has for files. */
const READERS = 4;
/** A label is a 16-bit number, least byte first, as every machine that runs VS Code has it in memory. */
const LABEL_BYTES = 2;

/** What a split's files must fit. */
export type CacheShape = Pick<Manifest, 'kind' | 'height' | 'width' | 'classes'>;

/** Where the samples of a stored split lie: gray values without any header, or a line of JSON for each drawing. */
export const samplesFile = (folder: string, split: Split) => path.join(folder, 'cache', `${split}.samples`);
const labelsFile = (folder: string, split: Split) => path.join(folder, 'cache', `${split}.labels`);

/**
 * Writes one split of a dataset as training reads it; no more than a batch is in memory. Each of its two files is
 * whole or absent.
 *
 * @param folder of the dataset
 * @returns the samples of each class
 * @throws DatasetError where a sample does not fit the shape; the signal's reason when it is aborted
 */
export async function writeCache(
  folder: string,
  split: Split,
  batches: AsyncIterable<Samples>,
  shape: CacheShape,
  signal?: AbortSignal,
): Promise<number[]> {
  await mkdir(path.join(folder, 'cache'), { recursive: true });
  const files = [samplesFile(folder, split), labelsFile(folder, split)] as const;
  const handles: FileHandle[] = [];
  const counts = new Array<number>(shape.classes.length).fill(0);
  try {
    for (const file of files) handles.push(await open(`${file}.new`, 'w'));
    const [samples, labels] = handles as [FileHandle, FileHandle];
    for await (const batch of batches) {
      signal?.throwIfAborted();
      await writeAll(samples, bytesOf(batch, shape));
      await writeAll(labels, bytesOfArray(batch.labels));
      for (const label of batch.labels) {
        if (label >= counts.length)
          throw new DatasetError(`A sample has the class ${String(label)}, which is none.`);
        counts[label] = (counts[label] ?? 0) + 1;
      }
    }
  } catch (error) {
    await closeAll(handles);
    for (const file of files) await rm(`${file}.new`, { force: true });
    throw error;
  }
  // on the disk before they are named: a name must not outlive a power cut that the content did not
  for (const handle of handles) await handle.sync();
  await closeAll(handles);
  for (const file of files) await move(`${file}.new`, file);
  return counts;
}

async function closeAll(handles: readonly FileHandle[]): Promise<void> {
  for (const handle of handles) await handle.close();
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten;
  }
}

function bytesOf(batch: Samples, { kind, height, width }: CacheShape): Uint8Array {
  if (batch.kind !== kind) throw new DatasetError('A dataset holds either images or ink, not both.');
  if (batch.kind === 'ink') return writeCachedInk(batch);
  if (batch.height !== height || batch.width !== width) {
    throw new DatasetError('The images of a dataset must be of one size: import them anew.');
  }
  if (batch.pixels.length !== batch.labels.length * height * width) {
    throw new DatasetError('There are not as many labels as images: import them anew.');
  }
  return batch.pixels;
}

function bytesOfArray({ buffer, byteOffset, byteLength }: Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * Reads the labels of stored splits, one behind the other, into memory that threads share.
 *
 * @throws DatasetError where a file is missing or not as the manifest says
 */
export async function readLabels(
  folder: string,
  manifest: Manifest,
  splits: readonly Split[],
): Promise<Uint16Array> {
  await checkSizes(folder, manifest, splits);
  const count = splits.reduce((sum, split) => sum + countOf(manifest, split), 0);
  const labels = new Uint16Array(new SharedArrayBuffer(count * LABEL_BYTES));
  const files = splits.map((split) => labelsFile(folder, split));
  await readFiles(files, bytesOfArray(labels), manifest.name);
  const most = labels.reduce((highest, label) => Math.max(highest, label), 0);
  if (most >= manifest.classes.length) throw damaged(manifest.name);
  return labels;
}

/**
 * Fills the memory with what the files hold, one behind the other.
 *
 * @throws DatasetError where they hold more or less
 */
export async function readFiles(files: readonly string[], into: Uint8Array, name: string): Promise<void> {
  let start = 0;
  for (const file of files) {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      if (start + size > into.length) throw damaged(name);
      await readWholeInto(handle, into.subarray(start, start + size), name);
      start += size;
    } finally {
      await handle.close();
    }
  }
  if (start !== into.length) throw damaged(name);
}

/** Reads from several places at once: most of the time goes into memory that the system hands out page by page. */
async function readWholeInto(handle: FileHandle, into: Uint8Array, name: string): Promise<void> {
  let next = 0;
  const reader = async () => {
    while (next < into.length) {
      const start = next;
      const end = (next = Math.min(into.length, start + CHUNK));
      for (let done = start; done < end;) {
        const { bytesRead } = await handle.read(into, done, end - done, done);
        if (bytesRead === 0) throw damaged(name);
        done += bytesRead;
      }
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
}

/** How many samples of a split are stored. */
export function countOf(manifest: Pick<Manifest, 'counts'>, split: Split): number {
  return (manifest.counts[split] ?? []).reduce((sum, count) => sum + count, 0);
}

/**
 * A quick look at whether the files are there and as long as they must be.
 *
 * @throws DatasetError where they are not
 */
export async function checkSizes(
  folder: string,
  manifest: Manifest,
  splits: readonly Split[],
): Promise<void> {
  for (const split of splits) {
    const count = countOf(manifest, split);
    const [samples, labels] = await Promise.all(
      [samplesFile(folder, split), labelsFile(folder, split)].map(sizeOf),
    );
    const fits =
      manifest.kind === 'ink' ? (samples ?? 0) > 0 : samples === count * manifest.height * manifest.width;
    if (!fits || labels !== count * LABEL_BYTES) throw damaged(manifest.name);
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size;
}

/** The splits that are stored, in the order of their names, which is the order of the checksum. */
export function storedSplits(manifest: Pick<Manifest, 'counts'>): Split[] {
  return (Object.keys(manifest.counts) as Split[]).sort();
}

/**
 * SHA-256 over the samples and labels of the splits, and the bytes that they take.
 *
 * @param onBytes told how many bytes were read
 * @throws DatasetError where a file cannot be read; the signal's reason when it is aborted
 */
export async function cacheChecksum(
  folder: string,
  splits: readonly Split[],
  onBytes?: (done: number) => void,
  signal?: AbortSignal,
): Promise<{ checksum: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const split of [...splits].sort()) {
    for (const file of [samplesFile(folder, split), labelsFile(folder, split)]) {
      bytes = await hashFile(file, hash, bytes, onBytes, signal);
    }
  }
  return { checksum: hash.digest('hex'), bytes };
}

async function hashFile(
  file: string,
  hash: Hash,
  before: number,
  onBytes: ((done: number) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<number> {
  let done = before;
  const handle = await open(file).catch((cause: unknown) => {
    throw new DatasetError(`${file} is missing: download or import the dataset again.`, { cause });
  });
  try {
    const buffer = Buffer.alloc(CHUNK / 4);
    for (let read = 1; read > 0; done += read) {
      signal?.throwIfAborted();
      read = (await handle.read(buffer, 0, buffer.length)).bytesRead;
      hash.update(buffer.subarray(0, read));
      onBytes?.(done + read);
    }
  } finally {
    await handle.close();
  }
  return done;
}

export function damaged(name: string, cause?: unknown): DatasetError {
  return new DatasetError(`${name} is damaged on the disk: download or import it again.`, { cause });
}
