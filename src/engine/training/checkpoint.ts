import { readFile } from 'node:fs/promises';
import v8 from 'node:v8';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { epochSchema } from '../../models/card';
import { ModelError } from '../../models/errors';

const count = z.number().int().min(0);
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);

/** What was learned from some samples. */
const sumsSchema = z.object({ loss: z.number(), correct: count, samples: count });
export type Sums = z.infer<typeof sumsSchema>;

/** How far a run is. */
const positionSchema = z.object({
  /** Batches done in the epoch that is under way; all of them until it is validated. */
  batch: count,
  /** Learning rate of the last step. */
  rate: z.number(),
  /** Of that epoch so far. */
  epoch: sumsSchema,
  /** Since the last point of the curves. */
  point: sumsSchema,
  /** Of training in that epoch, and in all. */
  epochSeconds: z.number(),
  seconds: z.number(),
  /** Of the epochs that are done. */
  history: z.array(epochSchema),
  /** Weights of the epoch with the lowest validation loss. */
  best: z.object({ epoch: count, weights: z.array(floats) }).optional(),
});
export type Position = z.infer<typeof positionSchema>;

/** All that a run needs to go on, but its settings and data. */
const checkpointSchema = z.object({
  /** What it learns from: SHA-256 of the samples as they are stored, and their classes. */
  data: z.object({ checksum: z.string(), classes: z.array(z.string()) }),
  trainer: z.object({
    stepsTaken: count,
    weights: z.array(floats),
    average: z.array(floats).optional(),
    optimizer: z.array(z.object({ name: z.string(), shape: z.array(count), values: floats })),
    random: z.array(z.number()).length(4),
  }),
  position: positionSchema,
});
export type RunCheckpoint = z.infer<typeof checkpointSchema>;

/** Where the run's history ended when the checkpoint was written, in bytes. */
const storedSchema = checkpointSchema.extend({ historyBytes: count });
export type StoredCheckpoint = z.infer<typeof storedSchema>;

/** Writes a checkpoint, whole or not at all. */
export async function writeCheckpoint(file: string, checkpoint: StoredCheckpoint): Promise<void> {
  await writeFileAtomic(file, v8.serialize(checkpoint));
}

/**
 * Reads a checkpoint.
 *
 * @returns undefined where there is none
 * @throws ModelError where it is damaged
 */
export async function readCheckpoint(file: string): Promise<StoredCheckpoint | undefined> {
  try {
    return storedSchema.parse(v8.deserialize(await readFile(file)));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ModelError(`The checkpoint at ${file} is damaged: remove it to start the run again.`, {
      cause,
    });
  }
}
