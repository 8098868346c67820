import { z } from 'zod';
import { SPLITS } from '../../base/split';

/**
 * What may be wrong with samples: equal ones in two splits, equal ones of different classes, equal ones in one split,
 * pictures without ink, a single point, much more or less ink than others of the class, another shape than these.
 */
export const FINDING_KINDS = ['leaks', 'contradictions', 'doubles', 'blank', 'dots', 'mass', 'far'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

const placeSchema = z.tuple([z.enum(SPLITS), z.number().int().min(0)]);

const findingSchema = z.object({
  kind: z.enum(FINDING_KINDS),
  /** Where it was found, where that is not everywhere. */
  splits: z.array(z.enum(SPLITS)),
  /** Samples that could be left out to be rid of it. */
  total: z.number().int().positive(),
  /** Split and number there; equal samples stand together. Of very many the first. */
  samples: z.array(placeSchema),
});
export type Finding = z.infer<typeof findingSchema>;

/** What there is to say of the samples of a dataset as they are stored, whatever was changed of them since. */
export const datasetReportSchema = z.object({
  version: z.literal(1),
  /** Of the dataset. */
  checksum: z.string(),
  created: z.string(),
  findings: z.array(findingSchema),
  /**
   * The mean picture of each class, one behind the other, in Base64: gray values 0 (background) to 255 (ink). Missing where
   * the samples are texts, or the pictures too large.
   */
  means: z.string().optional(),
});
export type DatasetReport = z.infer<typeof datasetReportSchema>;

/** Names a finding among those of its report. */
export function idOf({ kind, splits }: Pick<Finding, 'kind' | 'splits'>): string {
  return [kind, ...splits].join(' ');
}
