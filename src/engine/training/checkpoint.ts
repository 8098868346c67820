import { readFile } from 'node:fs/promises';
import v8 from 'node:v8';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { CardEpoch } from '../../models/card';
import { ModelError } from '../../models/errors';
import type { TrainerState } from './trainer';

/** All that a run needs to go on from the end of an epoch, but its settings and data. */
export interface RunCheckpoint {
  readonly trainer: TrainerState;
  readonly history: readonly CardEpoch[];
}

const floats = z.instanceof(Float32Array);
const checkpointSchema = z.object({
  trainer: z.object({
    stepsTaken: z.number().int(),
    weights: z.array(floats),
    average: z.array(floats).optional(),
    optimizer: z.array(z.object({ name: z.string(), shape: z.array(z.number().int()), values: floats })),
    random: z.array(z.number()).length(4),
  }),
  history: z.array(z.custom<CardEpoch>((value) => typeof value === 'object')),
});

/** Writes a checkpoint, whole or not at all. */
export async function writeCheckpoint(file: string, checkpoint: RunCheckpoint): Promise<void> {
  await writeFileAtomic(file, v8.serialize(checkpoint));
}

/**
 * Reads a checkpoint.
 *
 * @throws ModelError where there is none, or it is damaged
 */
export async function readCheckpoint(file: string): Promise<RunCheckpoint> {
  try {
    return checkpointSchema.parse(v8.deserialize(await readFile(file)));
  } catch (cause) {
    throw new ModelError(`There is no whole checkpoint at ${file}: start the run again.`, { cause });
  }
}
