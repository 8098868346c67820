import * as z from 'zod';
import { lineNetworkSchema } from '../networks/lineNetwork';
import { cardSchema, epochSchema } from './card';
import { cardAs, readCardFile } from './cardFile';

/** What was measured of lines that the model never learned from; blanks are left out of texts and answers. */
const lineMetricsSchema = z.object({
  dataset: z.string(),
  split: z.string(),
  samples: z.number().int(),
  /** Without language: the best class of each frame. */
  decoding: z.string(),
  /** Levenshtein distance over all characters. */
  cer: z.number(),
  /** Share of the lines that are read without an error. */
  exact: z.number(),
});
export type LineMetrics = z.infer<typeof lineMetricsSchema>;

/** What is known of a part of a training: an epoch of a run, or some steps of the recipe. */
const lineEpochSchema = z.object({
  step: z.number().int().optional(),
  /** Mean of a character. */
  loss: z.number(),
  learningRate: z.number(),
  seconds: z.number(),
});

/** What there is to know of a model that reads lines: `card.json` beside its weights. */
export const lineCardSchema = cardSchema
  .omit({ preprocessing: true, network: true, metrics: true, training: true })
  .extend({
    kind: z.literal('lines'),
    preprocessing: z.object({
      kind: z.literal('points'),
      /** Distance of two points, in heights of the line. */
      step: z.number().positive(),
      /** Numbers a point. */
      features: z.number().int().min(1),
      /** Points a frame of the output. */
      stride: z.number().int().min(1),
    }),
    network: lineNetworkSchema,
    training: z.object({
      settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      history: z.array(epochSchema.partial().extend(lineEpochSchema.shape)),
    }),
    metrics: z.array(lineMetricsSchema),
  });
export type LineCard = z.infer<typeof lineCardSchema>;

/**
 * What the folder of a model that reads lines says of it.
 *
 * @throws ModelError where that is missing, damaged, or of a model that reads something else
 */
export function readLineCard(folder: string): Promise<LineCard> {
  return cardAs(folder, readCardFile(folder), lineCardSchema, 'model of lines');
}

/** Whether a card, or what may be one, says that its model reads lines. */
export function isLineCard(card: unknown): card is LineCard {
  return typeof card === 'object' && card !== null && 'kind' in card && card.kind === 'lines';
}

/** Whether a folder holds a model that reads lines. */
export async function isLineModel(folder: string): Promise<boolean> {
  return isLineCard(await readCardFile(folder).catch(() => undefined));
}
