import * as z from 'zod';
import { MOST_PROJECTED, PROJECTION_METHODS, PROJECTION_PHASES } from '../projection';
import { call } from '../rpc';
import { embedSplit, splitProgressSchema } from './evaluation';

/** Lays the samples of a split out by their embeddings; kept on disk. */
export const project = call('project', {
  params: embedSplit.params.extend({
    method: z.enum(PROJECTION_METHODS),
    /** Of a larger split so many samples are taken, evenly spread. */
    most: z.number().int().min(1).max(MOST_PROJECTED),
  }),
  result: z.object({
    /** What `readProjectionFile` reads. */
    file: z.string().min(1),
  }),
  progress: z.object({
    phase: z.enum(PROJECTION_PHASES),
    done: z.number().int(),
    total: z.number().int(),
  }),
});

/** Writes the embeddings of a split as TensorBoard's projector reads them. */
export const exportEmbeddings = call('exportEmbeddings', {
  params: embedSplit.params.extend({
    /** An alphabet's name or its characters. */
    alphabet: z.string().min(1),
    /** Takes letters whatever their case, and 0 with O, as one. */
    merged: z.boolean(),
    /** The folder to write, absolute, which must not be there yet. */
    out: z.string().min(1),
  }),
  result: z.object({ samples: z.number().int() }),
  progress: splitProgressSchema,
});
