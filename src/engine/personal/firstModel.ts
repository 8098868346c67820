import * as z from 'zod';
import type { HeldOut } from '../../datasets/splitSource';
import type { Card } from '../../models/card';

/** What a model was before it, or one that it comes from, learned the first sample of a user. */
export interface FirstModel {
  readonly name: string;
  /** How many classes it had: they come first in every model that comes of it. */
  readonly classes: number;
  /** Share of original samples that it read right. */
  readonly accuracy: number;
  /** SHA-256 of those samples. */
  readonly measuredOn: string;
  /** How its training held a part of the original samples out, where it says so and they have no test part. */
  readonly heldOut?: HeldOut | undefined;
}

/** The settings by which the card of a personalized model names the first. */
const settingsSchema = z.object({
  'first.name': z.string(),
  'first.classes': z.number().int().min(1),
  'first.accuracy': z.number(),
  'first.measuredOn': z.string(),
  'first.validationSplit': z.number().optional(),
  'first.seed': z.number().optional(),
});

/** What a card says of the first model; undefined for a model that is no personalized one. */
export function firstModelOf({ training }: Card): FirstModel | undefined {
  const { data } = settingsSchema.safeParse(training.settings);
  if (!data) return undefined;
  const { 'first.validationSplit': fraction, 'first.seed': seed } = data;
  return {
    name: data['first.name'],
    classes: data['first.classes'],
    accuracy: data['first.accuracy'],
    measuredOn: data['first.measuredOn'],
    heldOut: fraction !== undefined && seed !== undefined ? { fraction, seed } : undefined,
  };
}

export function firstModelSettings({ heldOut, ...first }: FirstModel): Card['training']['settings'] {
  return {
    'first.name': first.name,
    'first.classes': first.classes,
    'first.accuracy': first.accuracy,
    'first.measuredOn': first.measuredOn,
    ...(heldOut ? { 'first.validationSplit': heldOut.fraction, 'first.seed': heldOut.seed } : {}),
  };
}
