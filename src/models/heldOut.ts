import * as z from 'zod';
import type { Card } from './card';
import { learningOf } from './learning';

const settingsSchema = z.object({
  validationSplit: z.number().gt(0).max(0.9),
  seed: z.number().int().min(0),
});

/** What a card says of a training. */
export interface Learned {
  readonly training: { readonly settings: unknown };
  readonly data: Card['data'];
}

/**
 * How the training of a model held a validation part of a dataset out, where its card says that it did: it was trained
 * on these very samples, and what it began from had not seen them.
 */
export function heldOutBy(
  { training, data }: Learned,
  { id, checksum }: { readonly id: string; readonly checksum: string },
): { fraction: number; seed: number } | undefined {
  const settings = settingsSchema.safeParse(training.settings).data;
  const before = data.slice(0, -1);
  if (!settings || data.at(-1)?.checksum !== checksum) return undefined;
  const whole = { dataset: { id, officialSplits: [] }, split: 'all', part: '' };
  const seen =
    before.some((each) => each.checksum === checksum) || learningOf({ data: before }, whole) === 'learned';
  return seen ? undefined : { fraction: settings.validationSplit, seed: settings.seed };
}
