import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cardSchema, type Card } from './card';
import { CARD, cardAs, readCardFile, writeCardFile } from './cardFile';
import { ENSEMBLE_FILE } from './ensembleFile';
import { ModelError } from './errors';
import { toFloat16 } from './float16';
import { INK_FOLDER, type InkCard } from './inkCard';
import { readLayersFolder, type StoredLayers } from './layersFolder';
import { isLineCard, lineCardSchema, type LineCard } from './lineCard';
import { isSymbolCard, symbolCardSchema, type SymbolCard } from './symbolCard';
import type { Weight } from './weights';
import { move } from '../storage/move';

/** All that lies in the folder of a model or an ensemble. */
const FILES: readonly string[] = [CARD, 'model.json', 'weights.bin', ENSEMBLE_FILE, 'members', INK_FOLDER];

/** The card of a model, whatever it reads. */
export type AnyCard = Card | LineCard | SymbolCard;

/** The card of a folder of layers: of a model, or of the network of points in a model's folder. */
export type LayersCard = AnyCard | InkCard;

/** A model as it lies on disk. */
export interface StoredModel extends StoredLayers {
  readonly card: Card;
}

/**
 * Reads a model folder: `model.json`, `weights.bin` and `card.json`.
 *
 * @throws ModelError where one is missing, damaged or does not fit the others
 */
export async function readModelFolder(folder: string): Promise<StoredModel> {
  return { card: await readCard(folder), ...(await readLayersFolder(folder)) };
}

/**
 * What a model folder says of its model.
 *
 * @throws ModelError where that is missing or damaged
 */
export function readCard(folder: string): Promise<Card> {
  return cardAs(folder, readCardFile(folder), cardSchema, 'model');
}

/** As `readCard`, whatever the model reads. */
export async function readAnyCard(folder: string): Promise<AnyCard> {
  const card = readCardFile(folder);
  const known = await card.catch(() => undefined);
  if (isLineCard(known)) return cardAs(folder, card, lineCardSchema, 'model of lines');
  if (isSymbolCard(known)) return cardAs(folder, card, symbolCardSchema, 'model of symbols');
  return cardAs(folder, card, cardSchema, 'model');
}

export async function writeCard(folder: string, card: LayersCard): Promise<void> {
  await writeCardFile(folder, card);
}

/**
 * Sees to it that a model can be written into a folder and takes the place of nothing but another model.
 *
 * @throws ModelError where anything else lies there, or nothing can be written
 */
export async function checkModelPlace(folder: string): Promise<void> {
  const names: string[] = await readdir(folder).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new ModelError(`${folder} cannot be a model's folder: choose another one.`, { cause });
  });
  const isModel = names.includes(CARD) && names.every((name) => FILES.includes(name));
  if (names.length > 0 && !isModel)
    throw new ModelError(`${folder} holds other files than a model's: name a new folder.`);
  const inside = path.relative(folder, process.cwd());
  if (!inside.startsWith('..') && !path.isAbsolute(inside))
    throw new ModelError(`${folder} is where Scrawl was started: name a new folder in it.`);
  try {
    await mkdir(path.dirname(folder), { recursive: true });
    await access(path.dirname(folder), constants.W_OK);
  } catch (cause) {
    throw new ModelError(`${folder} cannot be written to: choose another folder.`, { cause });
  }
}

/**
 * Writes a model folder, whole or not at all: beside its place first, then renamed.
 *
 * @param precision float16 halves the size; recognition does not suffer
 * @throws ModelError where something else than a model lies there
 */
export async function writeModelFolder(
  folder: string,
  { card, ...model }: { topology: object; weights: readonly Weight[]; card: LayersCard },
  precision: 'float32' | 'float16' = 'float32',
): Promise<void> {
  await checkModelPlace(folder);
  const temporary = path.join(path.dirname(folder), `.new-${randomUUID()}`);
  await mkdir(temporary);
  try {
    await writeLayers(temporary, model, precision);
    await writeCard(temporary, card);
    await replaceFolder(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Writes `model.json` and `weights.bin` into a folder that is there, as `tf.loadLayersModel` reads them. */
export async function writeLayers(
  folder: string,
  { topology, weights }: { topology: object; weights: readonly Weight[] },
  precision: 'float32' | 'float16' = 'float32',
): Promise<void> {
  const half = precision === 'float16';
  const manifest = weights.map(({ name, shape }) => ({
    name,
    shape,
    dtype: 'float32',
    ...(half ? { quantization: { dtype: 'float16', original_dtype: 'float32' } } : {}),
  }));
  const modelJson = {
    format: 'layers-model',
    generatedBy: 'Scrawl',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: ['weights.bin'], weights: manifest }],
  };
  const bytes = weights.map(({ values }) => bufferOf(half ? toFloat16(values) : values));
  await writeFile(path.join(folder, 'weights.bin'), Buffer.concat(bytes));
  await writeFile(path.join(folder, 'model.json'), JSON.stringify(modelJson));
}

function bufferOf(values: Float32Array | Uint16Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

/** Puts a folder in another one's place; the other one is moved aside first, for rename needs an empty place. */
async function replaceFolder(from: string, to: string): Promise<void> {
  const old = path.join(path.dirname(to), `.old-${randomUUID()}`);
  const had = await move(to, old).then(
    () => true,
    () => false,
  );
  try {
    await move(from, to);
  } catch (error) {
    if (had) await move(old, to);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}
