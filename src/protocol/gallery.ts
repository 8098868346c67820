import * as z from 'zod';
import { rangeSchema, SPLIT_NAMES } from './browse';
import { inkSchema } from './ink';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const split = z.enum(SPLIT_NAMES);
const ranges = z.array(rangeSchema).min(1).max(10_000);

/** How samples are ordered; `wrongAndSure` has what is wrong first, the surest before others. */
export const SORTS = ['wrongAndSure', 'surest', 'leastSure', 'class', 'stored'] as const;
export type Sort = (typeof SORTS)[number];

/** Marks of a sample besides EXCLUDED and RELABELLED. */
export const RIGHT = 4;

/** Training samples that are shown beside a sample. */
export const NEIGHBOURS = 5;

/**
 * What the gallery asks of the host. A place is a number in the list of samples, from 0; the list's revision grows
 * whenever it is another one.
 */
export const galleryToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('sort'), sort: z.enum(SORTS) }),
  /** Lists the samples anew: those that do not belong to the choice any more are left out. */
  z.object({ type: z.literal('refresh') }),
  z.object({ type: z.literal('page'), revision: count, page: count }),
  /** Looks at one sample closely; whatever is still being computed for another one is given up. */
  z.object({ type: z.literal('look'), revision: count, place: count }),
  z.object({ type: z.literal('lookAway') }),
  /** Where did the network look for an answer? */
  z.object({ type: z.literal('occlude'), revision: count, place: count, answer: count }),
  /** The host asks which class. */
  z.object({ type: z.literal('relabel'), revision: count, places: ranges }),
  z.object({ type: z.literal('exclude'), revision: count, places: ranges, excluded: z.boolean() }),
  /** Keeps samples as the person's own handwriting. */
  z.object({ type: z.literal('keep'), revision: count, places: ranges }),
  z.object({ type: z.literal('undo') }),
  z.object({ type: z.literal('sendToPad'), revision: count, place: count }),
]);
export type GalleryToHost = z.infer<typeof galleryToHostSchema>;

export const aboutSchema = z.object({
  type: z.literal('about'),
  /** What the host needs to open this again; the page keeps it and reads nothing in it. */
  remember: z.unknown(),
  title: z.string(),
  model: z.string(),
  dataset: z.string(),
  split,
  kind: z.enum(['images', 'ink']),
  /** Of every picture, in pixels. */
  height: z.number().int().positive(),
  width: z.number().int().positive(),
  /** The dataset's. */
  classes: z.array(z.string()),
});
export type GalleryAbout = z.infer<typeof aboutSchema>;

export const listSchema = z.object({
  type: z.literal('list'),
  revision: count,
  sort: z.enum(SORTS),
  total: count,
  wrong: count,
  /** Samples that were changed since they were listed, and do not belong to the choice any more. */
  strayed: count,
  /** What the model may answer. */
  answers: z.array(z.string()),
  /** What the last change did, where it can be undone. */
  undo: z.string().optional(),
});
export type GalleryList = z.infer<typeof listSchema>;

/** One entry of each array a sample. */
export const galleryPageSchema = z.object({
  type: z.literal('page'),
  revision: count,
  page: count,
  /** Grey values 0 (background) to 255 (ink), sample after sample, row by row. */
  pixels: z.instanceof(Uint8Array),
  /** Index of the class, as relabelled. */
  labels: z.instanceof(Uint16Array),
  /** Index of the answer. */
  predicted: z.instanceof(Uint16Array),
  /** Of the answer. */
  probabilities: z.instanceof(Float32Array),
  /** Index of the stored split in SPLIT_NAMES. */
  splits: z.instanceof(Uint8Array),
  /** Number in its split. */
  indexes: z.instanceof(Uint32Array),
  /** Sums of EXCLUDED, RELABELLED and RIGHT. */
  marks: z.instanceof(Uint8Array),
});
export type GalleryPage = z.infer<typeof galleryPageSchema>;

export const lookedAtSchema = z.object({
  type: z.literal('sample'),
  revision: count,
  place: count,
  split,
  index: count,
  /** Class, as relabelled, and as it is stored. */
  label: z.string(),
  stored: z.string(),
  /** Index of the answer, and of the one that would be right, where the model can give it. */
  predicted: count,
  right: count.optional(),
  excluded: z.boolean(),
  pixels: z.instanceof(Uint8Array),
  ink: inkSchema.optional(),
  /** Of every answer. */
  probabilities: z.instanceof(Float32Array),
});
export type LookedAt = z.infer<typeof lookedAtSchema>;

export const occludedSchema = z.object({
  type: z.literal('occluded'),
  revision: count,
  place: count,
  /** The answer whose probability was watched. */
  answer: count,
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** For each pixel how much the answer loses when what is about it is hidden, -1 to 1, row by row. */
  drops: z.instanceof(Float32Array),
});
export type Occluded = z.infer<typeof occludedSchema>;

export const neighboursSchema = z.object({
  type: z.literal('neighbours'),
  revision: count,
  place: count,
  /** Which samples were looked through, in words. */
  among: z.string(),
  /** The nearest first. */
  neighbours: z
    .array(z.object({ split, index: count, label: z.string(), distance: z.number(), changed: z.boolean() }))
    .max(NEIGHBOURS),
  /** Their pictures, one behind the other. */
  pixels: z.instanceof(Uint8Array),
});
export type FoundNeighbours = z.infer<typeof neighboursSchema>;

const at = { revision: count, place: count };

/** What the host tells the gallery. */
export const hostToGallerySchema = z.discriminatedUnion('type', [
  aboutSchema,
  listSchema,
  galleryPageSchema,
  lookedAtSchema,
  occludedSchema,
  neighboursSchema,
  /** The neighbours are being looked for. */
  z.object({ type: z.literal('searching'), ...at, message: z.string(), share: share.optional() }),
  /** A sentence: this part of the close look cannot be shown. */
  z.object({
    type: z.literal('missing'),
    ...at,
    part: z.enum(['neighbours', 'occlusion']),
    message: z.string(),
  }),
  /** What was done, in words. */
  z.object({ type: z.literal('done'), message: z.string() }),
  /** One sentence for the person; nothing can be shown where nothing was before. */
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type HostToGallery = z.infer<typeof hostToGallerySchema>;
