import * as z from 'zod';

/** The parts of a dataset; `all` where its source has none. */
export const SPLIT_NAMES = ['train', 'validation', 'test', 'all'] as const;

/** Which samples a filter lets through: those that count, those left out, or both; or those given another class. */
export const SHOWN = ['all', 'included', 'excluded', 'relabelled'] as const;
export type Shown = (typeof SHOWN)[number];

/** Samples in one page of a view; the last page may hold fewer. */
export const PAGE_SIZE = 256;

const countSchema = z.number().int().min(0);
const splitSchema = z.enum(SPLIT_NAMES);
export type SplitName = z.infer<typeof splitSchema>;

export const filterSchema = z.object({
  /** One split; every split where there is none. */
  split: splitSchema.optional(),
  /** Indexes of classes; every class where there is none. */
  classes: z.array(countSchema).max(65_536),
  shown: z.enum(SHOWN),
});
export type Filter = z.infer<typeof filterSchema>;

/** First and last place, both of them in it. */
export const rangeSchema = z.tuple([countSchema, countSchema]);
export type Range = z.infer<typeof rangeSchema>;

const rangesSchema = z.array(rangeSchema).min(1).max(10_000);

/**
 * What the browser of a dataset asks of the host. A view is the list of samples that pass a filter; its revision
 * grows with every change of the filter or of the samples, and a place is a sample's number in that list, from 0.
 */
export const browseToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the filter of before. */
  z.object({ type: z.literal('ready'), filter: filterSchema.optional() }),
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

export const datasetSchema = z.object({
  type: z.literal('dataset'),
  id: z.string().min(1),
  name: z.string(),
  /** Of every picture, in pixels; ink comes as the picture that the network sees of it. */
  height: z.number().int().positive(),
  width: z.number().int().positive(),
  classes: z.array(z.string()),
  splits: z.array(z.object({ name: splitSchema, count: countSchema })),
});
export type BrowsedDataset = z.infer<typeof datasetSchema>;

export const viewSchema = z.object({
  type: z.literal('view'),
  revision: countSchema,
  filter: filterSchema,
  total: countSchema,
  /** Samples of each class that the filter's split and shown have, whatever its classes. */
  counts: z.array(countSchema),
  /** What the last change did, where it can be undone. */
  undo: z.string().optional(),
});
export type BrowseView = z.infer<typeof viewSchema>;

export const pageSchema = z.object({
  type: z.literal('page'),
  revision: countSchema,
  page: countSchema,
  /** Grey values 0 (background) to 255 (ink), sample after sample, row by row. */
  pixels: z.instanceof(Uint8Array),
  /** Index of each sample's class, as relabelled. */
  labels: z.instanceof(Uint16Array),
  /** Index of each sample's split in the dataset's list. */
  splits: z.instanceof(Uint8Array),
  /** Each sample's number in its split. */
  indexes: z.instanceof(Uint32Array),
  /** Sums of EXCLUDED and RELABELLED. */
  marks: z.instanceof(Uint8Array),
});
export type Page = z.infer<typeof pageSchema>;

export const EXCLUDED = 1;
export const RELABELLED = 2;

/** What the host tells the browser of a dataset. */
export const hostToBrowseSchema = z.discriminatedUnion('type', [
  datasetSchema,
  viewSchema,
  pageSchema,
  /** What was done, in words. */
  z.object({ type: z.literal('done'), message: z.string() }),
  /** One sentence for the person; nothing of the dataset can be shown where none was before. */
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type HostToBrowse = z.infer<typeof hostToBrowseSchema>;
