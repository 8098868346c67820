import * as z from 'zod';
import { chosenSamplesSchema } from '../../protocol/evaluationView';
import { SORTS } from '../../protocol/gallery';
import { evaluationSpecSchema } from '../evaluation/evaluationSpec';

/** Which samples a gallery shows: enough to open it again. */
export const gallerySpecSchema = z.object({
  evaluation: evaluationSpecSchema,
  samples: chosenSamplesSchema,
});
export type GallerySpec = z.infer<typeof gallerySpecSchema>;

/** What the page of a gallery keeps across a reload of the window. */
export const savedGallerySchema = z.object({
  remember: gallerySpecSchema,
  sort: z.enum(SORTS),
});
