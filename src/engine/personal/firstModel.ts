import * as z from 'zod';
import type { Card } from '../../models/card';

/** Settings in the card of a personalised model. */
const settingsSchema = z.object({
  'first.name': z.string(),
  'first.classes': z.number().int().min(1),
  'first.accuracy': z.number(),
  'first.measuredOn': z.string(),
});

/** What a model was before it, or one that it comes from, learnt the first sample of a person. */
export interface FirstModel {
  readonly name: string;
  /** How many classes it had: they come first in every model that comes of it. */
  readonly classes: number;
  /** Share of original samples that it read right. */
  readonly accuracy: number;
  /** SHA-256 of those samples. */
  readonly measuredOn: string;
}

/** What a card says of the first model; undefined for a model that is no personalised one. */
export function firstModelOf({ training }: Card): FirstModel | undefined {
  const { data } = settingsSchema.safeParse(training.settings);
  return (
    data && {
      name: data['first.name'],
      classes: data['first.classes'],
      accuracy: data['first.accuracy'],
      measuredOn: data['first.measuredOn'],
    }
  );
}

/** The settings by which the card of a personalised model names the first. */
export function firstModelSettings(first: FirstModel): Card['training']['settings'] {
  return Object.fromEntries(
    Object.entries(first).map(([key, value]) => [`first.${key}`, value as string | number]),
  );
}
