import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { ModelError } from './errors';

/** In a model's folder this file makes it an ensemble. */
export const ENSEMBLE_FILE = 'ensemble.json';

/** How the members' answers become one: the mean of their probabilities, or a vote for the likeliest class of each. */
export const COMBINES = ['average', 'vote'] as const;
export type Combine = (typeof COMBINES)[number];

export const MOST_MEMBERS = 32;

/** `ensemble.json`. The members are model folders inside the ensemble's own, copied there when it was made. */
export const ensembleFileSchema = z.object({
  combine: z.enum(COMBINES),
  members: z
    .array(z.string().regex(/^members\/[1-9]\d?$/))
    .min(2)
    .max(MOST_MEMBERS),
});
export type EnsembleFile = z.infer<typeof ensembleFileSchema>;

/**
 * What makes a model folder an ensemble; undefined where it is none.
 *
 * @throws ModelError where the file is damaged
 */
export async function readEnsembleFile(folder: string): Promise<EnsembleFile | undefined> {
  const text = await readFile(path.join(folder, ENSEMBLE_FILE), 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw damaged(folder, error);
  });
  if (text === undefined) return undefined;
  try {
    return ensembleFileSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(folder, cause);
  }
}

function damaged(folder: string, cause: unknown): ModelError {
  return new ModelError(`The ensemble in ${folder} is damaged: make it again of its members.`, { cause });
}
