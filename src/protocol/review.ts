import * as z from 'zod';
import { SPLIT_NAMES } from './browse';
import { LEARNING } from './evaluation';

/** Pictures in one page of the queue; the last page may hold fewer. */
export const REVIEW_PAGE = 64;

/** What was made of a suspicious label. */
export const Verdict = { open: 0, kept: 1, relabelled: 2, excluded: 3 } as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

const count = z.number().int().min(0);

/** Whose labels are reviewed, and what reads them: enough to open the review again. */
export const reviewSpecSchema = z.object({
  /** Folder of the model. */
  model: z.string().min(1),
  /** Id of the dataset. */
  dataset: z.string().min(1),
  split: z.enum(SPLIT_NAMES),
});
export type ReviewSpec = z.infer<typeof reviewSpecSchema>;

/** What the page asks of the host. A label is called by its place in the queue, from 0. */
export const reviewToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('pictures'), page: count }),
  /** The label is right, is what the model suggests, or the sample is good for nothing. */
  z.object({ type: z.literal('decide'), at: count, decision: z.enum(['keep', 'relabel', 'exclude']) }),
  /** The host asks which class it is. */
  z.object({ type: z.literal('pickClass'), at: count }),
  z.object({ type: z.literal('undo') }),
  /** The samples are others by now: evaluates and begins anew. */
  z.object({ type: z.literal('again') }),
]);
export type ReviewToHost = z.infer<typeof reviewToHostSchema>;

/** The suspicious labels, the most suspicious first; one entry of each array a label. */
export const queueSchema = z.object({
  type: z.literal('queue'),
  spec: reviewSpecSchema,
  model: z.string(),
  dataset: z.string(),
  /** Of every picture, in pixels. */
  height: z.number().int().positive(),
  width: z.number().int().positive(),
  classes: z.array(z.string()),
  learning: z.enum(LEARNING),
  /** Samples that were judged, and those of classes that the model does not have. */
  samples: count,
  leftOut: count,
  /** All suspicious labels, of which the first are in the queue. */
  total: count,
  /** Numbers of the samples in their split. */
  places: z.instanceof(Uint32Array),
  /** Classes as indexes. */
  given: z.instanceof(Uint16Array),
  suggested: z.instanceof(Uint16Array),
  probability: z.instanceof(Float32Array),
  suggestedProbability: z.instanceof(Float32Array),
  margin: z.instanceof(Float32Array),
});
export type ReviewQueue = z.infer<typeof queueSchema>;

export const verdictsSchema = z.object({
  type: z.literal('verdicts'),
  /** A Verdict of each label. */
  verdicts: z.instanceof(Uint8Array),
  /** Class of each sample as it is now. */
  labels: z.instanceof(Uint16Array),
  /** What undo would take back, in words. */
  undo: z.string().optional(),
  /** What was just decided or undone, and in words what that was. */
  done: z.object({ at: count, name: z.string(), undone: z.boolean() }).optional(),
});
export type Verdicts = z.infer<typeof verdictsSchema>;

/** What the host tells the page. */
export const hostToReviewSchema = z.discriminatedUnion('type', [
  queueSchema,
  verdictsSchema,
  z.object({
    type: z.literal('pictures'),
    page: count,
    /** Grey values 0 (background) to 255 (ink), sample after sample, row by row. */
    pixels: z.instanceof(Uint8Array),
  }),
  /** The queue is being made. */
  z.object({ type: z.literal('working'), message: z.string(), share: z.number().min(0).max(1).optional() }),
  /** One sentence: the samples are not those that were judged any more. */
  z.object({ type: z.literal('stale'), message: z.string() }),
  /** One sentence for the person; nothing can be shown where nothing was before. */
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type HostToReview = z.infer<typeof hostToReviewSchema>;
