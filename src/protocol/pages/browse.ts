import * as z from 'zod/mini';
import { type Split, SPLITS } from '../../base/split';
import type { Failed } from './failed';
import { countSchema } from './number';

/** Which samples a filter lets through: those that count, those left out, or both; or those given another class. */
export const SHOWN = ['all', 'included', 'excluded', 'relabeled'] as const;
export type Shown = (typeof SHOWN)[number];

/** Samples in one page of a view; the last page may hold fewer. */
export const PAGE_SIZE = 256;

export const filterSchema = z.object({
  /** One split; every split where there is none. */
  split: z.optional(z.enum(SPLITS)),
  /** Indexes of classes; every class where there is none. */
  classes: z.array(countSchema).check(z.maxLength(65_536)),
  shown: z.enum(SHOWN),
});
export type Filter = z.infer<typeof filterSchema>;

/** First and last place, both of them in it. */
const rangeSchema = z.tuple([countSchema, countSchema]);
export type Range = z.infer<typeof rangeSchema>;

export const rangesSchema = z.array(rangeSchema).check(z.minLength(1), z.maxLength(10_000));

/**
 * What the browser of a dataset asks of the host. A view is the list of samples that pass a filter; its revision
 * grows with every change of the filter or of the samples, and a place is a sample's number in that list, from 0.
 */
export const browseToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the filter of before. */
  z.object({
    type: z.literal('ready'),
    filter: z.optional(filterSchema),
    only: z.optional(z.string().check(z.maxLength(100))),
  }),
  /** Shows the samples of the whole dataset again. */
  z.object({ type: z.literal('showAll') }),
  z.object({ type: z.literal('filter'), filter: filterSchema }),
  z.object({ type: z.literal('page'), revision: countSchema, page: countSchema }),
  /** The host asks which class. */
  z.object({ type: z.literal('relabel'), revision: countSchema, places: rangesSchema }),
  z.object({
    type: z.literal('exclude'),
    revision: countSchema,
    places: rangesSchema,
    /** False takes them back in. */
    excluded: z.boolean(),
  }),
  z.object({ type: z.literal('undo') }),
  /** What would the model say? */
  z.object({ type: z.literal('sendToPad'), revision: countSchema, place: countSchema }),
]);
export type BrowseToHost = z.infer<typeof browseToHostSchema>;

export interface BrowsedDataset {
  type: 'dataset';
  id: string;
  name: string;
  /** Of every picture, in pixels; ink comes as the picture that the network sees of it, a line in its own shape. */
  height: number;
  width: number;
  classes: string[];
  splits: { name: Split; count: number }[];
}

export interface BrowseView {
  type: 'view';
  revision: number;
  filter: Filter;
  total: number;
  /** The finding of the dataset's report whose samples show, and no others. */
  only?: { id: string; title: string };
  /** Samples of each class that the filter's split and shown have, whatever its classes. */
  counts: number[];
  /** What the last change did, where it can be undone. */
  undo?: string;
}

export interface Page {
  type: 'page';
  revision: number;
  page: number;
  /** Gray values 0 (background) to 255 (ink), sample after sample, row by row. */
  pixels: Uint8Array;
  /** Index of each sample's class, as relabeled. */
  labels: Uint16Array;
  /** Index of each sample's split in the dataset's list. */
  splits: Uint8Array;
  /** Each sample's number in its split. */
  indexes: Uint32Array;
  /** Sums of EXCLUDED and RELABELED. */
  marks: Uint8Array;
}

export const EXCLUDED = 1;
export const RELABELED = 2;

/** What the host tells the browser of a dataset. */
export type HostToBrowse =
  | BrowsedDataset
  | BrowseView
  | Page
  /** What was done, in words. */
  | { type: 'done'; message: string }
  /** One sentence for the user; nothing of the dataset can be shown where none was before. */
  | Failed;
