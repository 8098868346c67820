import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { cacheChecksum, checkSizes, storedSplits } from './cache';
import { manifestSchema, type Manifest } from './manifest';

const MANIFEST = 'dataset.json';
/** Stands beside the manifest of a dataset that did not pass its verification. */
const DAMAGED = 'damaged';

/** Whether a dataset was written into a folder to its end. */
export function holdsDataset(folder: string): boolean {
  return existsSync(path.join(folder, MANIFEST));
}

/** The manifest, and whether what it speaks of looks whole at a quick look. */
export async function examine(folder: string): Promise<{ manifest?: Manifest | undefined; whole: boolean }> {
  let manifest: Manifest | undefined;
  try {
    manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(folder, MANIFEST), 'utf8')));
    await checkSizes(folder, manifest, storedSplits(manifest));
    return { manifest, whole: !existsSync(path.join(folder, DAMAGED)) };
  } catch {
    // whatever it is, the dataset cannot be used
    return { manifest, whole: false };
  }
}

/**
 * Writes what is to be said of samples that were written, and with it makes the dataset whole.
 *
 * @param onBytes told how many bytes of them were read for their checksum
 */
export async function writeManifest(
  folder: string,
  dataset: Omit<Manifest, 'checksum' | 'bytes'>,
  onBytes?: (done: number) => void,
  signal?: AbortSignal,
): Promise<Manifest> {
  const { checksum, bytes } = await cacheChecksum(folder, storedSplits(dataset), onBytes, signal);
  const originals = await readdir(path.join(folder, 'files')).catch(() => []);
  const sizes = await Promise.all(originals.map((name) => sizeOf(path.join(folder, 'files', name))));
  const manifest = { ...dataset, checksum, bytes: sizes.reduce((sum, size) => sum + size, bytes) };
  await writeFileAtomic(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
  await markDamaged(folder, false);
  return manifest;
}

/** Notes how a verification ended. */
export async function markDamaged(folder: string, damaged: boolean): Promise<void> {
  const file = path.join(folder, DAMAGED);
  await (damaged ? writeFile(file, '') : rm(file, { force: true }));
}

/** Bytes of a file; 0 where there is none. */
export async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}
