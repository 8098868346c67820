import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { keywordsOf } from '../../language/keywords/keywords';
import type { LineModel } from '../recognition/lineModel';
import { DECODER_WEIGHTS } from '../recognition/lines/decoderWeights';
import { PlaceTexts } from '../recognition/placeTexts';
import { decodedReader, greedyReader, type ReadInk } from './lines';

/** How lines are read. */
export interface LineDecoding {
  /** What it is called: `greedy`, or `decoded` with the language that the texts are taken for. */
  readonly name: string;
  /** SHA-256 of all that it weighs with: what was read with other weights or words is no answer any more. */
  readonly decoder: string;
  readonly reader: (model: LineModel) => Promise<ReadInk>;
}

/** What is known of the texts. */
export interface DecodedTexts {
  /** VS Code's id of their language. */
  readonly language?: string | undefined;
  /** Words that they may hold, with their weights. */
  readonly lexicon?: ReadonlyMap<string, number> | undefined;
}

/** By the ink alone; the weights place the spaces here, too. */
export const GREEDY: LineDecoding = {
  name: 'greedy',
  decoder: digestOf(DECODER_WEIGHTS),
  reader: (model) => Promise.resolve(greedyReader(model)),
};

/**
 * By what is likely in a language besides, and by a lexicon; by the ink alone where nothing is known of the texts.
 *
 * @param folder of the character models that ship with Scrawl
 * @throws an error of the file system where they are not there
 */
export async function lineDecoding(
  folder: string,
  { language, lexicon }: DecodedTexts,
): Promise<LineDecoding> {
  if (language === undefined && lexicon === undefined) return GREEDY;
  const given = [...(lexicon ?? [])];
  const place = { before: '', after: '', language: language ?? '', offered: [], given, elsewhere: [] };
  const [code, prose] = await Promise.all(['code.bin', 'prose.bin'].map((name) => fileDigest(folder, name)));
  return {
    name: ['decoded', language, lexicon && 'lexicon'].filter((each) => each !== undefined).join(', '),
    decoder: digestOf({
      weights: DECODER_WEIGHTS,
      ...{ code, prose, language: place.language, keywords: keywordsOf(place.language), given },
    }),
    reader: async (model) => decodedReader(model, await new PlaceTexts(folder).at(place)),
  };
}

async function fileDigest(folder: string, name: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path.join(folder, name)))
    .digest('hex');
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
