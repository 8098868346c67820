import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import { bytesOf, readArraysFile, writeArraysFile } from './arraysFile';
import { ModelError } from '../models/errors';
import { evaluationKeySchema } from './evaluationFile';

const MAGIC = 'SCRAWLPR';

/** How embeddings are laid out in the plane. */
const METHODS = ['umap', 'tsne'] as const;
export type ProjectionMethod = (typeof METHODS)[number];

/** More than is ever written. */
const MOST_BYTES = 16 * 2 ** 20;

/** Version of what computes: another one gives other layouts of the same embeddings. */
const VERSION = 1;

export const projectionHeaderSchema = z.object({
  version: z.literal(VERSION),
  /** That of the embeddings. */
  key: evaluationKeySchema,
  method: z.enum(METHODS),
  seed: z.number().int(),
  /** The split that places count in. */
  of: evaluationKeySchema.shape.split,
  samples: z.number().int().min(0),
  checksum: z.string(),
});
export type ProjectionHeader = z.infer<typeof projectionHeaderSchema>;

/** Samples laid out in the plane. */
export interface Projection {
  readonly header: ProjectionHeader;
  /** Place of each sample in the split as it is stored, ascending. */
  readonly places: Uint32Array;
  /** x and y of each sample, -1 to 1: [samples, 2] */
  readonly coordinates: Float32Array;
}

/** The bytes of a projection's file: behind the header places (32 bits) and coordinates (single precision). */
export function writeProjection(
  header: Omit<ProjectionHeader, 'version' | 'samples' | 'checksum'>,
  places: Uint32Array,
  coordinates: Float32Array,
): Buffer {
  const about = { ...header, version: VERSION, samples: places.length };
  return writeArraysFile(MAGIC, about, [places, coordinates].map(bytesOf));
}

/**
 * Reads what `writeProjection` wrote.
 *
 * @throws ModelError where it is missing, truncated, or not what it says it is
 */
export async function readProjectionFile(file: string): Promise<Projection> {
  const size = (await stat(file).catch(() => undefined))?.size;
  if (size === undefined || size > MOST_BYTES) {
    throw new ModelError('There is no such stored projection: compute it again.');
  }
  return readProjection(await readFile(file));
}

function readProjection(file: Buffer): Projection {
  try {
    const { header, body } = readArraysFile(
      MAGIC,
      projectionHeaderSchema,
      file,
      ({ samples }) => samples * 12,
    );
    const places = new Uint32Array(body, 0, header.samples);
    const coordinates = new Float32Array(body, 4 * header.samples);
    if (!coordinates.every(Number.isFinite)) throw new Error('a coordinate that is no number');
    return { header, places, coordinates };
  } catch (cause) {
    throw new ModelError('The stored projection is damaged: compute it again.', { cause });
  }
}
