import * as z from 'zod/mini';
import type { Split } from '../../base/split';
import { MOST_PLACES } from './evaluation';
import type { Failed } from './failed';
import { countSchema } from './number';
import { MOST_PROJECTED, PROJECTION_METHODS, type ProjectionPhase } from '../projection';

/** Pixels along the side of a thumbnail; larger pictures come reduced. */
export const MOST_THUMBNAIL = 32;

/** How the samples are laid out. */
export const layoutSchema = z.object({
  method: z.enum(PROJECTION_METHODS),
  /** Of a larger split so many samples are taken, evenly spread. */
  most: z.int().check(z.minimum(1), z.maximum(MOST_PROJECTED)),
});
export type Layout = z.infer<typeof layoutSchema>;

/** Samples that lie together in the plane follow each other, so that a page of their pictures shows a part of it. */
export interface Projected {
  type: 'projected';
  layout: Layout;
  /** Grows with each such message. */
  revision: number;
  /** x and y of each sample, -1 to 1. */
  coordinates: Float32Array;
  /** Place of each sample in the split; classes and the probability of the prediction. */
  places: Uint32Array;
  truth: Uint16Array;
  predicted: Uint16Array;
  probability: Float32Array;
  classes: string[];
  /** Samples that were laid out and do not show: they are excluded, or of classes that the model cannot give. */
  leftOut: number;
}

export interface ThumbnailPage {
  type: 'page';
  revision: number;
  page: number;
  /** At most MOST_THUMBNAIL. */
  width: number;
  height: number;
  /** [PAGE_SIZE or fewer, height, width] gray values 0 (background) to 255 (ink). */
  pixels: Uint8Array;
}

/** What the host tells the projector. */
export type HostToProjector =
  | {
      type: 'about';
      /** What the page keeps, so that its tab opens again after a reload. */
      spec: unknown;
      model: string;
      dataset: string;
      split: Split;
      /** Samples of the split. */
      samples: number;
      layout: Layout;
    }
  | {
      type: 'working';
      phase: ProjectionPhase;
      done: number;
      total: number;
      /** Of this phase, where that is known. */
      secondsLeft?: number;
    }
  | Projected
  | ThumbnailPage
  /** The user ended the work: nothing is laid out. */
  | { type: 'stopped' }
  /** One sentence for the user. */
  | Failed;

/** What the projector asks of the host. */
export const projectorToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the layout of before. */
  z.object({ type: z.literal('ready'), layout: z.optional(layoutSchema) }),
  z.object({ type: z.literal('layOut'), layout: layoutSchema }),
  z.object({ type: z.literal('stop') }),
  /** The pictures of PAGE_SIZE samples from a number on, in the order of the projection. */
  z.object({ type: z.literal('page'), revision: countSchema, page: countSchema }),
  /** Shows samples in the gallery. */
  z.object({
    type: z.literal('open'),
    places: z.array(countSchema).check(z.minLength(1), z.maxLength(MOST_PLACES)),
    title: z.string().check(z.minLength(1), z.maxLength(200)),
  }),
  /** Writes so many samples for TensorBoard. */
  z.object({ type: z.literal('export'), most: layoutSchema.shape.most }),
]);
export type ProjectorToHost = z.infer<typeof projectorToHostSchema>;
