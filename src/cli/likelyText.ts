import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PlaceTexts } from '../engine/recognition/placeTexts';
import { LanguageError } from '../language/errors';
import { parseLexicon } from '../language/lexiconFile';
import type { LikelyText } from '../language/likelyText';

/** The folder of the character models of code and prose, beside the bundles. */
export const LANGUAGE_FOLDER = path.join(__dirname, '..', 'media', 'language');

/** What the options of a command say of the place that a text stands at. */
export interface PlaceOptions {
  /** The text before. */
  readonly context?: string | undefined;
  /** The text behind. */
  readonly after?: string | undefined;
  /** VS Code's id. */
  readonly language?: string | undefined;
  /** A file of words. */
  readonly lexicon?: string | undefined;
}

/**
 * What is likely at a place.
 *
 * @throws LanguageError where the lexicon cannot be read, or is none
 */
export async function likelyTextAt({
  context = '',
  after = '',
  language = '',
  lexicon,
}: PlaceOptions): Promise<LikelyText> {
  const given = lexicon === undefined ? [] : [...(await readLexicon(lexicon))];
  const place = { before: context, after, language, offered: [], given, elsewhere: [] };
  return new PlaceTexts(LANGUAGE_FOLDER).at(place);
}

/**
 * Words that a text may hold, with their weights.
 *
 * @throws LanguageError where the file cannot be read, or is none
 */
export async function readLexicon(file: string): Promise<Map<string, number>> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new LanguageError(`There is no lexicon at ${file}: name a file with a word a line.`, { cause });
  });
  return parseLexicon(text);
}
