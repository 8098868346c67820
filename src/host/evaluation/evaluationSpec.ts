import * as z from 'zod';
import { SPLITS } from '../../datasets/samples';
import { judgingSchema } from '../../protocol/evaluationView';

const evaluatedSchema = z.object({
  /** The stored evaluation. */
  file: z.string().min(1),
  /** Folder of the model. */
  model: z.string().min(1),
});

/** Which evaluation is looked at, and how: what a window remembers of it. */
export const evaluationSpecSchema = evaluatedSchema.extend({
  /** Id of the dataset. */
  dataset: z.string().min(1),
  split: z.enum(SPLITS),
  judging: judgingSchema,
  /** A second model on the same samples. */
  other: evaluatedSchema.optional(),
});
export type EvaluationSpec = z.infer<typeof evaluationSpecSchema>;
