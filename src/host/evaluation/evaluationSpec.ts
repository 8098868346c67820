import { existsSync } from 'node:fs';
import path from 'node:path';
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

/** A spec with the bundled model where it lies now: an update of Scrawl moves it. */
export function withBundled(spec: EvaluationSpec, bundled: string): EvaluationSpec {
  const { other } = spec;
  return {
    ...spec,
    model: movedTo(bundled, spec.model),
    ...(other && { other: { ...other, model: movedTo(bundled, other.model) } }),
  };
}

function movedTo(bundled: string, model: string): string {
  const same = inExtension(model) === inExtension(bundled);
  return same && !existsSync(model) ? bundled : model;
}

/** The end of a folder's path, which is the same in every version of an extension. */
const inExtension = (folder: string) => folder.split(path.sep).slice(-2).join(path.sep);
