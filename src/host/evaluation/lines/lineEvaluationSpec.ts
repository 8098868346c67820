import * as z from 'zod';
import { SPLITS } from '../../../base/split';

/** Which evaluation of a model of lines is looked at: enough to open it again. */
export const lineEvaluationSpecSchema = z.object({
  /** The stored evaluation. */
  file: z.string().min(1),
  /** Folder of the model. */
  model: z.string().min(1),
  /** Id of the dataset. */
  dataset: z.string().min(1),
  split: z.enum(SPLITS),
});
export type LineEvaluationSpec = z.infer<typeof lineEvaluationSpecSchema>;
