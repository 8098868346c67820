import path from 'node:path';
import type * as z from 'zod';
import { readText } from '../storage/readText';
import { writeJson } from '../storage/writeJson';
import { ModelError } from './errors';

/** The file beside a model's weights that says what there is to know of it. */
export const CARD = 'card.json';
/** A card with the history of ten thousand epochs takes two megabytes. */
const MOST_CARD_BYTES = 16 * 2 ** 20;

/** What the card of a folder holds, whatever that is; throws where it cannot be read. */
export async function readCardFile(folder: string): Promise<unknown> {
  return JSON.parse(await readText(path.join(folder, CARD), MOST_CARD_BYTES));
}

/** Writes what the card of a folder holds. */
export async function writeCardFile(folder: string, card: object): Promise<void> {
  await writeJson(path.join(folder, CARD), card);
}

/**
 * The card of a folder.
 *
 * @param card as `readCardFile` reads it
 * @param what it is to be of
 * @throws ModelError where it is missing, damaged, or of something else
 */
export async function cardAs<T>(
  folder: string,
  card: Promise<unknown>,
  schema: z.ZodType<T>,
  what: 'model' | 'model of lines' | 'model of symbols' | 'network of points',
): Promise<T> {
  try {
    return schema.parse(await card);
  } catch (cause) {
    throw new ModelError(`There is no whole ${what} in ${folder}: its ${CARD} is missing or damaged.`, {
      cause,
    });
  }
}
