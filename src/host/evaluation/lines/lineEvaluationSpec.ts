import * as z from 'zod';
import { SPLITS } from '../../../base/split';

const readSchema = z.object({
  /** The stored evaluation. */
  file: z.string().min(1),
  /** Folder of the model. */
  model: z.string().min(1),
  /** VS Code's id of the language that the texts were taken for; the ink alone was read without one. */
  language: z.string().min(1).optional(),
});

/** Which evaluation of a model of lines is looked at: enough to open it again. */
export const lineEvaluationSpecSchema = readSchema.extend({
  /** Id of the dataset. */
  dataset: z.string().min(1),
  split: z.enum(SPLITS),
  /** Another evaluation of the same lines. */
  other: readSchema.optional(),
});
export type LineEvaluationSpec = z.infer<typeof lineEvaluationSpecSchema>;

/** What is to be read, and how. */
export type LineEvaluationTask = Pick<LineEvaluationSpec, 'model' | 'dataset' | 'split' | 'language'>;
