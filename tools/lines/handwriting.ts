import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import v8 from 'node:v8';
import writeFileAtomic from 'write-file-atomic';
import { readCrohme } from './crohme';
import { readUnipen, Written, type Packed, type Parts } from './written';

/** All real handwriting of the recipe. */
export interface Handwriting {
  /** Isolated ones, none cut from words. */
  readonly characters: Parts;
  readonly words: Parts;
  readonly lines: Parts;
  readonly expressions: Parts;
}

type Name = keyof Handwriting;
const NAMES: readonly Name[] = ['characters', 'words', 'lines', 'expressions'];

/**
 * Reads all real handwriting.
 *
 * @param data the folder with `ink`
 * @param work where what was read is kept, to be read quickly the next time
 */
export async function loadHandwriting(data: string, work: string): Promise<Handwriting> {
  const entries = await Promise.all(NAMES.map(async (name) => [name, await load(name, data, work)] as const));
  return Object.fromEntries(entries) as unknown as Handwriting;
}

async function load(name: Name, data: string, work: string): Promise<Parts> {
  const file = path.join(work, `${name}.bin`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept) {
    const { train, dev } = v8.deserialize(kept) as { train: Packed[]; dev: Packed[] };
    return {
      train: train.map((packed) => new Written(packed)),
      dev: dev.map((packed) => new Written(packed)),
    };
  }
  const parts = await read(name, data);
  const packed = (samples: readonly Written[]) => samples.map((sample) => sample.packed);
  await mkdir(work, { recursive: true });
  await writeFileAtomic(file, v8.serialize({ train: packed(parts.train), dev: packed(parts.dev) }));
  return parts;
}

function read(name: Name, data: string): Promise<Parts> {
  if (name === 'expressions') return readCrohme(data);
  return readUnipen(path.join(data, 'ink', 'unipen', `${name}.jsonl.gz`), name !== 'characters');
}
