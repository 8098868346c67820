import { z } from 'zod';
import { takingLicence } from '../../base/oldSpelling';
import { OFFICIAL_SPLITS } from '../../base/split';

/** Characters of a dataset's name. */
export const LONGEST_NAME = 100;

const countsSchema = z.record(z.string(), z.array(z.number().int().min(0)));

/** What there is to know of a stored dataset, field by field. */
export const manifestFields = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  name: z.string().min(1).max(LONGEST_NAME),
  kind: z.enum(['images', 'ink']),
  /** Where it came from: the address or path, and the license where it is known. */
  source: z.string(),
  license: z.string().optional(),
  /** Height and width of its pictures in pixels; ink is drawn at the network's input size. */
  height: z.number().int().positive(),
  width: z.number().int().positive(),
  classes: z.array(z.string().min(1)),
  /** For each class, the characters that it stands for: "Cc" where a dataset merges the two cases. */
  covers: z.array(z.string().min(1)),
  /** The splits that the source itself has. */
  officialSplits: z.array(z.enum(OFFICIAL_SPLITS)),
  /** Samples of each class, for each split that is stored (`all` where the source has none). */
  counts: countsSchema,
  /** SHA-256 over the cached samples and labels of all splits, in the order of their names. */
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
  /** Bytes that it takes on the disk. */
  bytes: z.number().int().min(0),
});

/**
 * `dataset.json` in a dataset's folder. It is written last, so a folder without it holds an unfinished download or
 * import.
 */
export const manifestSchema = takingLicence(manifestFields);
export type Manifest = z.infer<typeof manifestSchema>;

/** All samples of a dataset, or of one split. */
export function samplesOf({ counts }: Pick<Manifest, 'counts'>, split?: string): number {
  const lists = split === undefined ? Object.values(counts) : [counts[split] ?? []];
  return lists.flat().reduce((sum, count) => sum + count, 0);
}
