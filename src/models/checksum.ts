import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { inkFolderOf, readInkCard } from './inkCard';
import { readAnyCard } from './modelFolder';

/** The files that decide what a model answers, the card's classes apart. */
const DECIDING = ['ensemble.json', 'model.json', 'weights.bin'];

/**
 * SHA-256 of all that decides what a model answers: its network, weights and classes, those of an ensemble's members,
 * and of a network of points besides how its answer is taken. A new name or new figures in its card change nothing.
 *
 * @param folder of the model
 * @throws ModelError where it has no card
 */
export async function modelChecksum(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const part of await partsOf(folder)) {
    const { classes, calibration, turned } = await readAnyCard(part);
    await addPart(hash, folder, part, (calibration ?? turned) ? { classes, calibration, turned } : classes);
  }
  const ink = await inkFolderOf(folder);
  if (ink !== undefined) {
    const { classes, mixing } = await readInkCard(ink);
    await addPart(hash, folder, ink, { classes, mixing });
  }
  return hash.digest('hex');
}

/** @param said what the part's card says that decides what it answers */
async function addPart(hash: Hash, folder: string, part: string, said: unknown): Promise<void> {
  hash.update(`${path.relative(folder, part).split(path.sep).join('/')}\n`);
  hash.update(JSON.stringify(said));
  for (const name of DECIDING) {
    const file = path.join(part, name);
    const size = (await stat(file).catch(() => undefined))?.size;
    hash.update(`\n${name} ${String(size)}\n`);
    if (size !== undefined) await pipeline(createReadStream(file), hash, { end: false });
  }
}

/** The model's folder, and those of an ensemble's members. */
async function partsOf(folder: string): Promise<string[]> {
  const members = await readdir(path.join(folder, 'members')).catch(() => []);
  return [folder, ...members.sort().map((name) => path.join(folder, 'members', name))];
}
