import { existsSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { SPLITS } from '../../base/split';
import { judgingSchema } from '../../protocol/pages/evaluation';

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
  const wasBundled = BUNDLED_PLACES.some((place) => model.endsWith(path.join(path.sep, ...place)));
  return wasBundled && !existsSync(model) ? bundled : model;
}

/** Where the bundled model lies in an extension's folder, in this version and in 0.1. */
const BUNDLED_PLACES = [
  ['media', 'models', 'characters'],
  ['media', 'model'],
];
