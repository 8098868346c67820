import * as z from 'zod';
import { cardSchema } from './card';
import { cardAs, readCardFile } from './cardFile';

/** What was measured of drawings that the model never learned from; look-alikes are one class. */
const symbolMetricsSchema = z.object({
  dataset: z.string(),
  split: z.string(),
  samples: z.number().int(),
  /** Share of the drawings whose class is the first candidate, among the first five, among the first ten. */
  top1: z.number(),
  top5: z.number(),
  top10: z.number(),
});
export type SymbolMetrics = z.infer<typeof symbolMetricsSchema>;

/** What there is to know of a model that reads symbols: `card.json` beside its weights. Classes are ids of `media/symbols.json`. */
export const symbolCardSchema = cardSchema.omit({ preprocessing: true, metrics: true }).extend({
  kind: z.literal('symbols'),
  preprocessing: z.object({
    /** A picture a direction of the strokes. */
    kind: z.literal('directions'),
    height: z.number().int().min(1).max(1024),
    width: z.number().int().min(1).max(1024),
  }),
  metrics: z.array(symbolMetricsSchema),
});
export type SymbolCard = z.infer<typeof symbolCardSchema>;

/**
 * What the folder of a model that reads symbols says of it.
 *
 * @throws ModelError where that is missing, damaged, or of a model that reads something else
 */
export function readSymbolCard(folder: string): Promise<SymbolCard> {
  return cardAs(folder, readCardFile(folder), symbolCardSchema, 'model of symbols');
}

/** Whether a card, or what may be one, says that its model reads symbols. */
export function isSymbolCard(card: unknown): card is SymbolCard {
  return typeof card === 'object' && card !== null && 'kind' in card && card.kind === 'symbols';
}

/** Whether a folder holds a model that reads symbols. */
export async function isSymbolModel(folder: string): Promise<boolean> {
  return isSymbolCard(await readCardFile(folder).catch(() => undefined));
}
