import * as z from 'zod';
import { chosenSamplesSchema } from '../../protocol/pages/evaluation';
import { type Sort, SORTS } from '../../protocol/pages/gallery';
import { evaluationSpecSchema } from '../evaluation/evaluationSpec';

/** Which samples a gallery shows: enough to open it again. */
export const gallerySpecSchema = z.object({
  evaluation: evaluationSpecSchema,
  samples: chosenSamplesSchema,
});
export type GallerySpec = z.infer<typeof gallerySpecSchema>;

/** A gallery to open; without an order, what is wrong and sure comes first. */
export interface GalleryToOpen {
  readonly spec: GallerySpec;
  readonly sort?: Sort;
}

/** What the page of a gallery keeps across a reload of the window. */
export const savedGallerySchema = z.object({
  remember: gallerySpecSchema,
  sort: z.enum(SORTS),
});
