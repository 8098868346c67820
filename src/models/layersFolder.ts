import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { readText } from '../storage/readText';
import { ModelError } from './errors';
import { elementsOf, storedBytes, weightSpecSchema, type WeightSpec } from './weights';

/** Larger weights are not of a recognizer of single characters. */
const MOST_WEIGHT_BYTES = 512 * 2 ** 20;
/** A description of layers takes some kilobytes. */
const MOST_TOPOLOGY_BYTES = 4 * 2 ** 20;

const modelJsonSchema = z.looseObject({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z
    .array(
      z.object({
        paths: z.array(z.string()).min(1).max(10_000),
        weights: z.array(weightSpecSchema).max(10_000),
      }),
    )
    .min(1)
    .max(1000),
});
type Group = z.infer<typeof modelJsonSchema>['weightsManifest'][number];

/** Layers with their weights in the form that `tf.loadLayersModel` takes. */
export interface StoredLayers {
  readonly modelTopology: Record<string, unknown>;
  readonly weightSpecs: readonly WeightSpec[];
  readonly weightData: ArrayBuffer;
}

/**
 * Reads a TensorFlow.js layers model: `model.json` and the files of weights that it names, which lie beside it or in
 * folders below. Nothing is read before the sizes of all files fit what the manifest says.
 *
 * @throws ModelError that says what is missing or wrong
 */
export async function readLayersFolder(folder: string): Promise<StoredLayers> {
  return readLayersFile(folder, 'model.json');
}

/**
 * As `readLayersFolder`, of a description that may have another name.
 *
 * @param name of the file in the folder
 */
export async function readLayersFile(folder: string, name: string): Promise<StoredLayers> {
  const { modelTopology, weightsManifest } = await readModelJson(folder, name);
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const numbers = weightSpecs.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  if (4 * numbers > MOST_WEIGHT_BYTES) {
    throw new ModelError(`The weights in ${folder} are of more than 512 MiB: take a smaller model.`);
  }
  const shards: Shard[] = [];
  for (const group of weightsManifest) shards.push(...(await shardsOf(folder, group)));
  return { modelTopology, weightSpecs, weightData: await readShards(shards) };
}

/**
 * Bytes of a TensorFlow.js layers model, its weights unread.
 *
 * @throws ModelError that says what is missing, or which file is larger or smaller than `model.json` says
 */
export async function layersBytes(folder: string): Promise<number> {
  const { weightsManifest } = await readModelJson(folder, 'model.json');
  const shards = await Promise.all(weightsManifest.map((group) => shardsOf(folder, group)));
  const { size } = await stat(path.join(folder, 'model.json'));
  return shards.flat().reduce((sum, { bytes }) => sum + bytes, size);
}

async function readModelJson(folder: string, name: string): Promise<z.infer<typeof modelJsonSchema>> {
  const file = path.join(folder, name);
  const text = await readText(file, MOST_TOPOLOGY_BYTES).catch((cause: unknown) => {
    throw new ModelError(`There is no ${name} in ${folder}: name the folder of a TensorFlow.js model.`, {
      cause,
    });
  });
  try {
    const value: unknown = JSON.parse(text);
    if (isGraphModel(value)) {
      throw new ModelError(
        `${folder} has a graph model, which has no layers: convert the original to a layers model.`,
      );
    }
    return modelJsonSchema.parse(value);
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    throw new ModelError(
      `The ${name} in ${folder} is damaged, or of no layers model: import or train it again.`,
      {
        cause,
      },
    );
  }
}

function isGraphModel(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 'graph-model';
}

/** A file of weights, known to be there. */
export interface Shard {
  readonly file: string;
  readonly bytes: number;
}

/** The files of a group of weights, whose sizes add up to what its weights take. */
async function shardsOf(folder: string, { paths, weights }: Group): Promise<Shard[]> {
  const expected = weights.reduce((sum, spec) => sum + storedBytes(spec), 0);
  const shards: Shard[] = [];
  for (const name of paths) shards.push(await fileInside(folder, name));
  const bytes = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  if (bytes !== expected) {
    throw new ModelError(
      `The weights in ${folder} are damaged: ${paths[0] ?? ''} holds ${bytes} bytes of ${expected}; ` +
        'import or train the model again.',
    );
  }
  return shards;
}

/**
 * A file that a model names, which must lie beside it or in folders below.
 *
 * @throws ModelError where it is missing, or lies elsewhere
 */
export async function fileInside(folder: string, name: string): Promise<Shard> {
  if (!isInside(name)) {
    throw new ModelError(`The model in ${folder} names a file outside its folder: do not use it.`);
  }
  const root = await realpath(folder);
  const file = await realpath(path.join(root, name)).catch((cause: unknown) => {
    throw new ModelError(`The model in ${folder} has no ${name}: copy all its files.`, { cause });
  });
  // a link may lead anywhere
  if (!file.startsWith(root + path.sep)) {
    throw new ModelError(`The model in ${folder} names a file outside its folder: do not use it.`);
  }
  const found = await stat(file);
  if (!found.isFile())
    throw new ModelError(`The model in ${folder} has no file ${name}: copy all its files.`);
  return { file, bytes: found.size };
}

/** Whether a path of a manifest can only mean a file below the manifest. */
function isInside(name: string): boolean {
  const plain = name.length > 0 && name.length <= 500 && !/[\\:\0]/.test(name) && !name.startsWith('/');
  return plain && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

async function readShards(shards: readonly Shard[]): Promise<ArrayBuffer> {
  const total = shards.reduce((sum, { bytes }) => sum + bytes, 0);
  const data = new Uint8Array(total);
  let offset = 0;
  for (const { file, bytes } of shards) {
    await readInto(data.subarray(offset, offset + bytes), file);
    offset += bytes;
  }
  return data.buffer;
}

async function readInto(target: Uint8Array, file: string): Promise<void> {
  const handle = await open(file);
  try {
    let at = 0;
    while (at < target.length) {
      const { bytesRead } = await handle.read(target, at, target.length - at, at);
      if (bytesRead === 0) throw new ModelError(`${file} became shorter while it was read: try again.`);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}
