import { z } from 'zod';

/** Characters of a dataset's name. */
export const LONGEST_NAME = 100;

const countsSchema = z.record(z.string(), z.array(z.number().int().min(0)));

/**
 * What there is to know of a stored dataset: `dataset.json` in its folder. It is written last, so a folder without it
 * holds an unfinished download or import.
 */
export const manifestSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  name: z.string().min(1).max(LONGEST_NAME),
  kind: z.enum(['images', 'ink']),
  /** Where it came from: the address or path, and the licence where it is known. */
  source: z.string(),
  licence: z.string().optional(),
  /** Height and width of its pictures in pixels; ink is drawn at the network's input size. */
  height: z.number().int().positive(),
  width: z.number().int().positive(),
  classes: z.array(z.string().min(1)),
  /** For each class, the characters that it stands for: "Cc" where a dataset merges the two cases. */
  covers: z.array(z.string().min(1)),
  /** The splits that the source itself has. */
  officialSplits: z.array(z.enum(['train', 'validation', 'test'])),
  /** Samples of each class, for each split that is stored (`all` where the source has none). */
  counts: countsSchema,
  /** SHA-256 over the cached samples and labels of all splits, in the order of their names. */
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
  /** Bytes that it takes on the disk. */
  bytes: z.number().int().min(0),
});
export type Manifest = z.infer<typeof manifestSchema>;
