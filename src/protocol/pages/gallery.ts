import * as z from 'zod/mini';
import type { Split } from '../../base/split';
import { rangesSchema } from './browse';
import type { Failed } from './failed';
import type { Ink } from '../ink';
import { countSchema } from './number';

/** How samples are ordered; `wrongAndSure` has what is wrong first, the surest before others. */
export const SORTS = ['wrongAndSure', 'surest', 'leastSure', 'class', 'stored'] as const;
export type Sort = (typeof SORTS)[number];

/** Marks of a sample besides EXCLUDED and RELABELED. */
export const RIGHT = 4;

/** Training samples that are shown beside a sample. */
export const NEIGHBORS = 5;

/**
 * What the gallery asks of the host. A place is a number in the list of samples, from 0; the list's revision grows
 * whenever it is another one.
 */
export const galleryToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('sort'), sort: z.enum(SORTS) }),
  /** Lists the samples anew: those that do not belong to the choice any more are left out. */
  z.object({ type: z.literal('refresh') }),
  z.object({ type: z.literal('page'), revision: countSchema, page: countSchema }),
  /** Looks at one sample closely; whatever is still being computed for another one is given up. */
  z.object({ type: z.literal('look'), revision: countSchema, place: countSchema }),
  z.object({ type: z.literal('lookAway') }),
  /** Where did the network look for an answer? */
  z.object({ type: z.literal('occlude'), revision: countSchema, place: countSchema, answer: countSchema }),
  /** The host asks which class. */
  z.object({ type: z.literal('relabel'), revision: countSchema, places: rangesSchema }),
  z.object({
    type: z.literal('exclude'),
    revision: countSchema,
    places: rangesSchema,
    excluded: z.boolean(),
  }),
  /** Keeps samples as the user's own handwriting. */
  z.object({ type: z.literal('keep'), revision: countSchema, places: rangesSchema }),
  /** The host asks what the dataset of these samples is to be called. */
  z.object({ type: z.literal('makeDataset'), revision: countSchema, places: rangesSchema }),
  z.object({ type: z.literal('undo') }),
  z.object({ type: z.literal('sendToPad'), revision: countSchema, place: countSchema }),
]);
export type GalleryToHost = z.infer<typeof galleryToHostSchema>;

export interface GalleryAbout {
  type: 'about';
  /** What the host needs to open this again; the page keeps it and reads nothing in it. */
  remember: unknown;
  title: string;
  model: string;
  dataset: string;
  split: Split;
  kind: 'images' | 'ink';
  /** Of every picture, in pixels. */
  height: number;
  width: number;
  /** The dataset's. */
  classes: string[];
}

export interface GalleryList {
  type: 'list';
  revision: number;
  sort: Sort;
  total: number;
  wrong: number;
  /** Samples that were changed since they were listed, and do not belong to the choice any more. */
  strayed: number;
  /** What the model may answer. */
  answers: string[];
  /** What the last change did, where it can be undone. */
  undo?: string;
}

/** One entry of each array a sample. */
export interface GalleryPage {
  type: 'page';
  revision: number;
  page: number;
  /** Gray values 0 (background) to 255 (ink), sample after sample, row by row. */
  pixels: Uint8Array;
  /** Index of the class, as relabeled. */
  labels: Uint16Array;
  /** Index of the answer. */
  predicted: Uint16Array;
  /** Of the answer. */
  probabilities: Float32Array;
  /** Index of the stored split in SPLITS. */
  splits: Uint8Array;
  /** Number in its split. */
  indexes: Uint32Array;
  /** Sums of EXCLUDED, RELABELED and RIGHT. */
  marks: Uint8Array;
}

/** Which sample of which list a message is about. */
interface OfPlace {
  revision: number;
  place: number;
}

export interface LookedAt extends OfPlace {
  type: 'sample';
  split: Split;
  index: number;
  /** Class, as relabeled, and as it is stored. */
  label: string;
  stored: string;
  /** Index of the answer, and of the one that would be right, where the model can give it. */
  predicted: number;
  right?: number;
  excluded: boolean;
  pixels: Uint8Array;
  ink?: Ink;
  /** Of every answer. */
  probabilities: Float32Array;
}

export interface Occluded extends OfPlace {
  type: 'occluded';
  /** The answer whose probability was watched. */
  answer: number;
  width: number;
  height: number;
  /** For each pixel how much the answer loses when what is about it is hidden, -1 to 1, row by row. */
  drops: Float32Array;
}

export interface FoundNeighbors extends OfPlace {
  type: 'neighbors';
  /** Which samples were looked through, in words. */
  among: string;
  /** The nearest first. */
  neighbors: { split: Split; index: number; label: string; distance: number; changed: boolean }[];
  /** Their pictures, one behind the other. */
  pixels: Uint8Array;
}

/** What the host tells the gallery. */
export type HostToGallery =
  | GalleryAbout
  | GalleryList
  | GalleryPage
  | LookedAt
  | Occluded
  | FoundNeighbors
  /** The neighbors are being looked for. */
  | ({ type: 'searching'; message: string; share?: number } & OfPlace)
  /** A sentence: this part of the close look cannot be shown. */
  | ({ type: 'missing'; part: 'neighbors' | 'occlusion'; message: string } & OfPlace)
  /** What was done, in words. */
  | { type: 'done'; message: string }
  /** One sentence for the user; nothing can be shown where nothing was before. */
  | Failed;
