import { cp, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { cardSchema } from './card';
import { CARD, cardAs, readCardFile, writeCardFile } from './cardFile';

/** In a model's folder, that of the network of points. */
export const INK_FOLDER = 'ink';

/** How what both networks say becomes one answer. */
const mixingSchema = z.object({
  /** How much the logarithms of what each says count. */
  picture: z.number().min(0),
  ink: z.number().min(0),
});
export type InkMixing = z.infer<typeof mixingSchema>;

/**
 * What there is to know of the network that reads a character's points beside the model's pictures: `card.json` in the
 * folder `ink` of the model. Its network has an output more than classes: what is no character.
 */
export const inkCardSchema = cardSchema.omit({ preprocessing: true }).extend({
  kind: z.literal('ink'),
  preprocessing: z.object({
    /** Evenly placed points of the strokes. */
    kind: z.literal('points'),
    points: z.number().int().min(1).max(1024),
    features: z.number().int().min(1).max(64),
  }),
  mixing: mixingSchema,
});
export type InkCard = z.infer<typeof inkCardSchema>;

/**
 * What the folder of a network of points says of it.
 *
 * @throws ModelError where that is missing, damaged, or of a model that reads something else
 */
export function readInkCard(folder: string): Promise<InkCard> {
  return cardAs(folder, readCardFile(folder), inkCardSchema, 'network of points');
}

/** The folder of the network of points that a model has; undefined where it has none. */
export async function inkFolderOf(model: string): Promise<string | undefined> {
  const folder = path.join(model, INK_FOLDER);
  const card = await stat(path.join(folder, CARD)).catch(() => undefined);
  return card?.isFile() ? folder : undefined;
}

/** Where a model has learned a hand, the network of points, which has not, counts so much of both at most. */
const SHARE_BESIDE_A_HAND = 0.25;

/** Takes the network of points of a model, where it has one, into the folder of one that learned a hand from it. */
export async function copyInk(from: string, to: string): Promise<void> {
  const folder = await inkFolderOf(from);
  if (folder === undefined) return;
  const copy = path.join(to, INK_FOLDER);
  await cp(folder, copy, { recursive: true });
  const card = await readInkCard(copy);
  const { picture, ink } = card.mixing;
  const counts = Math.min(ink, SHARE_BESIDE_A_HAND * (picture + ink));
  await writeCardFile(copy, { ...card, mixing: { picture: picture + ink - counts, ink: counts } });
}
