import * as z from 'zod/mini';
import { SPLITS } from '../../base/split';
import type { Failed } from './failed';
import type { Learning } from '../engine/evaluation';
import { countSchema } from './number';

/** Pictures in one page of the queue; the last page may hold fewer. */
export const REVIEW_PAGE = 64;

/** What was made of a suspicious label. */
export const Verdict = { open: 0, kept: 1, relabeled: 2, excluded: 3 } as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** Whose labels are reviewed, and what reads them: enough to open the review again. */
export const reviewSpecSchema = z.object({
  /** Folder of the model. */
  model: z.string().check(z.minLength(1)),
  /** Id of the dataset. */
  dataset: z.string().check(z.minLength(1)),
  split: z.enum(SPLITS),
});
export type ReviewSpec = z.infer<typeof reviewSpecSchema>;

/** What the page asks of the host. A label is called by its place in the queue, from 0. */
export const reviewToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('pictures'), page: countSchema }),
  /** The label is right, is what the model suggests, or the sample is good for nothing. */
  z.object({ type: z.literal('decide'), at: countSchema, decision: z.enum(['keep', 'relabel', 'exclude']) }),
  /** The host asks which class it is. */
  z.object({ type: z.literal('pickClass'), at: countSchema }),
  /** The host asks which labels by what was made of them, and what the dataset of their samples is to be called. */
  z.object({ type: z.literal('makeDataset') }),
  z.object({ type: z.literal('undo') }),
  /** The samples are others by now: evaluates and begins anew. */
  z.object({ type: z.literal('again') }),
]);
export type ReviewToHost = z.infer<typeof reviewToHostSchema>;

/** The suspicious labels, the most suspicious first; one entry of each array a label. */
export interface ReviewQueue {
  type: 'queue';
  spec: ReviewSpec;
  model: string;
  dataset: string;
  /** Of every picture, in pixels. */
  height: number;
  width: number;
  classes: string[];
  learning: Learning;
  /** Samples that were judged, and those of classes that the model does not have. */
  samples: number;
  leftOut: number;
  /** All suspicious labels, of which the first are in the queue. */
  total: number;
  /** Numbers of the samples in their split. */
  places: Uint32Array;
  /** Classes as indexes. */
  given: Uint16Array;
  suggested: Uint16Array;
  probability: Float32Array;
  suggestedProbability: Float32Array;
  margin: Float32Array;
}

export interface Verdicts {
  type: 'verdicts';
  /** A Verdict of each label. */
  verdicts: Uint8Array;
  /** Class of each sample as it is now. */
  labels: Uint16Array;
  /** What undo would take back, in words. */
  undo?: string;
  /** What was just decided or undone, and in words what that was. */
  done?: { at: number; name: string; undone: boolean };
}

/** What the host tells the page. */
export type HostToReview =
  | ReviewQueue
  | Verdicts
  | {
      type: 'pictures';
      page: number;
      /** Gray values 0 (background) to 255 (ink), sample after sample, row by row. */
      pixels: Uint8Array<ArrayBuffer>;
    }
  /** The queue is being made. */
  | { type: 'working'; message: string; share?: number }
  /** One sentence: the samples are not those that were judged any more. */
  | { type: 'stale'; message: string }
  /** One sentence for the user; nothing can be shown where nothing was before. */
  | Failed;
