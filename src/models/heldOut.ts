import * as z from 'zod';
import type { Card } from './card';

const settingsSchema = z.object({
  validationSplit: z.number().gt(0).max(0.9),
  seed: z.number().int().min(0),
});

/** How the training of a model held its validation part out, where its card says so. */
export function heldOutBy({ training }: Card): { fraction: number; seed: number } | undefined {
  const { data } = settingsSchema.safeParse(training.settings);
  return data && { fraction: data.validationSplit, seed: data.seed };
}
