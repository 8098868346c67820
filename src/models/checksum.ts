import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readAnyCard } from './modelFolder';

/** The files that decide what a model answers, the card's classes apart. */
const DECIDING = ['ensemble.json', 'model.json', 'weights.bin'];

/**
 * SHA-256 of all that decides what a model answers: its network, weights and classes, and those of an ensemble's
 * members. A new name or new figures in its card change nothing.
 *
 * @param folder of the model
 * @throws ModelError where it has no card
 */
export async function modelChecksum(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const part of await partsOf(folder)) {
    hash.update(`${path.relative(folder, part).split(path.sep).join('/')}\n`);
    hash.update(JSON.stringify((await readAnyCard(part)).classes));
    for (const name of DECIDING) {
      const file = path.join(part, name);
      const size = (await stat(file).catch(() => undefined))?.size;
      hash.update(`\n${name} ${String(size)}\n`);
      if (size !== undefined) await pipeline(createReadStream(file), hash, { end: false });
    }
  }
  return hash.digest('hex');
}

/** The model's folder, and those of an ensemble's members. */
async function partsOf(folder: string): Promise<string[]> {
  const members = await readdir(path.join(folder, 'members')).catch(() => []);
  return [folder, ...members.sort().map((name) => path.join(folder, 'members', name))];
}
