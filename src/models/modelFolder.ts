import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { cardSchema, type Card } from './card';
import { ModelError } from './errors';
import { toFloat16 } from './float16';

/** Larger weights are not of a recogniser of single characters. */
const MOST_WEIGHT_BYTES = 512 * 2 ** 20;

const modelJsonSchema = z.looseObject({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z
    .array(
      z.object({
        paths: z.array(z.string()),
        weights: z.array(
          z.looseObject({ name: z.string(), shape: z.array(z.number().int()), dtype: z.string() }),
        ),
      }),
    )
    .length(1),
});

/** One named array of a model's weights. */
export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A model as it lies on disk, in the form that `tf.loadLayersModel` takes. */
export interface StoredModel {
  readonly card: Card;
  readonly modelTopology: Record<string, unknown>;
  readonly weightSpecs: readonly Record<string, unknown>[];
  readonly weightData: ArrayBuffer;
}

/**
 * Reads a model folder: `model.json`, `weights.bin` and `card.json`.
 *
 * @throws ModelError where one is missing, damaged or does not fit the others
 */
export async function readModelFolder(folder: string): Promise<StoredModel> {
  const card = await readCard(folder);
  const model = await readJson(folder, 'model.json', modelJsonSchema);
  const weights = await readFile(path.join(folder, 'weights.bin')).catch((cause: unknown) => {
    throw new ModelError(`The model in ${folder} has no weights.bin: import or train it again.`, { cause });
  });
  const specs = model.weightsManifest.flatMap((group) => group.weights);
  const expected = specs.reduce((sum, spec) => sum + bytesOf(spec), 0);
  if (weights.length !== expected || expected > MOST_WEIGHT_BYTES) {
    throw new ModelError(`The weights of the model in ${folder} are damaged: import or train it again.`);
  }
  const weightData = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length);
  return { card, modelTopology: model.modelTopology, weightSpecs: specs, weightData };
}

/**
 * What a model folder says of its model.
 *
 * @throws ModelError where that is missing or damaged
 */
export function readCard(folder: string): Promise<Card> {
  return readJson(folder, 'card.json', cardSchema);
}

async function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path.join(folder, name), 'utf8')));
  } catch (cause) {
    throw new ModelError(`There is no whole model in ${folder}: its ${name} is missing or damaged.`, {
      cause,
    });
  }
}

function bytesOf(spec: { shape: number[]; dtype: string; [key: string]: unknown }): number {
  const elements = spec.shape.reduce((product, size) => product * size, 1);
  const quantization = spec['quantization'] as { dtype?: string } | undefined;
  return elements * (quantization?.dtype === 'float16' ? 2 : 4);
}

/**
 * Writes a model folder, whole or not at all: beside its place first, then renamed.
 *
 * @param precision float16 halves the size; recognition does not suffer
 */
export async function writeModelFolder(
  folder: string,
  model: { topology: object; weights: readonly Weight[]; card: Card },
  precision: 'float32' | 'float16' = 'float32',
): Promise<void> {
  const half = precision === 'float16';
  const manifest = model.weights.map(({ name, shape }) => ({
    name,
    shape,
    dtype: 'float32',
    ...(half ? { quantization: { dtype: 'float16', original_dtype: 'float32' } } : {}),
  }));
  const modelJson = {
    format: 'layers-model',
    generatedBy: 'Scrawl',
    convertedBy: null,
    modelTopology: model.topology,
    weightsManifest: [{ paths: ['weights.bin'], weights: manifest }],
  };
  const bytes = model.weights.map(({ values }) => bufferOf(half ? toFloat16(values) : values));
  const temporary = `${folder}.${randomBytes(6).toString('hex')}.tmp`;
  await mkdir(temporary, { recursive: true });
  try {
    await writeFile(path.join(temporary, 'weights.bin'), Buffer.concat(bytes));
    await writeFile(path.join(temporary, 'model.json'), JSON.stringify(modelJson));
    await writeFile(path.join(temporary, 'card.json'), `${JSON.stringify(model.card, null, 2)}\n`);
    await replaceFolder(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function bufferOf(values: Float32Array | Uint16Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

/** Puts a folder in another one's place; the other one is moved aside first, for rename needs an empty place. */
async function replaceFolder(from: string, to: string): Promise<void> {
  const old = `${to}.${randomBytes(6).toString('hex')}.old`;
  const had = await rename(to, old).then(
    () => true,
    () => false,
  );
  try {
    await rename(from, to);
  } catch (error) {
    if (had) await rename(old, to);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}
