import * as z from 'zod';
import { PAGE_SIZE, SPLIT_NAMES } from './browse';
import { MOST_PLACES } from './evaluationView';
import { MOST_PROJECTED, PROJECTION_METHODS, PROJECTION_PHASES } from './projection';

const count = z.number().int().min(0);

/** Pixels along the side of a thumbnail; larger pictures come reduced. */
export const MOST_THUMBNAIL = 32;

/** How the samples are laid out. */
export const layoutSchema = z.object({
  method: z.enum(PROJECTION_METHODS),
  /** Of a larger split so many samples are taken, evenly spread. */
  most: z.number().int().min(1).max(MOST_PROJECTED),
});
export type Layout = z.infer<typeof layoutSchema>;

/** Samples that lie together in the plane follow each other, so that a page of their pictures shows a part of it. */
const projectedSchema = z.object({
  type: z.literal('projected'),
  layout: layoutSchema,
  /** Grows with each such message. */
  revision: count,
  /** x and y of each sample, -1 to 1. */
  coordinates: z.instanceof(Float32Array),
  /** Place of each sample in the split; classes and the probability of the prediction. */
  places: z.instanceof(Uint32Array),
  truth: z.instanceof(Uint16Array),
  predicted: z.instanceof(Uint16Array),
  probability: z.instanceof(Float32Array),
  classes: z.array(z.string()),
  /** Samples that were laid out and do not show: they are excluded, or of classes that the model cannot give. */
  leftOut: count,
});
export type Projected = z.infer<typeof projectedSchema>;

const thumbnailsSchema = z.object({
  type: z.literal('page'),
  revision: count,
  page: count,
  width: z.number().int().min(1).max(MOST_THUMBNAIL),
  height: z.number().int().min(1).max(MOST_THUMBNAIL),
  /** [PAGE_SIZE or fewer, height, width] grey values 0 (background) to 255 (ink). */
  pixels: z.instanceof(Uint8Array).refine((pixels) => pixels.length <= PAGE_SIZE * MOST_THUMBNAIL ** 2),
});
export type ThumbnailPage = z.infer<typeof thumbnailsSchema>;

/** What the host tells the projector. */
export const hostToProjectorSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('about'),
    /** What the page keeps, so that its tab opens again after a reload. */
    spec: z.unknown(),
    model: z.string(),
    dataset: z.string(),
    split: z.enum(SPLIT_NAMES),
    /** Samples of the split. */
    samples: count,
    layout: layoutSchema,
  }),
  z.object({
    type: z.literal('working'),
    phase: z.enum(PROJECTION_PHASES),
    done: count,
    total: count,
    /** Of this phase, where that is known. */
    secondsLeft: z.number().min(0).optional(),
  }),
  projectedSchema,
  thumbnailsSchema,
  /** The person ended the work: nothing is laid out. */
  z.object({ type: z.literal('stopped') }),
  /** One sentence for the person. */
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type HostToProjector = z.infer<typeof hostToProjectorSchema>;

/** What the projector asks of the host. */
export const projectorToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the layout of before. */
  z.object({ type: z.literal('ready'), layout: layoutSchema.optional() }),
  z.object({ type: z.literal('layOut'), layout: layoutSchema }),
  z.object({ type: z.literal('stop') }),
  /** The pictures of PAGE_SIZE samples from a number on, in the order of the projection. */
  z.object({ type: z.literal('page'), revision: count, page: count }),
  /** Shows samples in the gallery. */
  z.object({
    type: z.literal('open'),
    places: z.array(count).min(1).max(MOST_PLACES),
    title: z.string().min(1).max(200),
  }),
  /** Writes so many samples for TensorBoard. */
  z.object({ type: z.literal('export'), most: layoutSchema.shape.most }),
]);
export type ProjectorToHost = z.infer<typeof projectorToHostSchema>;
