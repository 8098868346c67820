import { stat } from 'node:fs/promises';
import { DatasetError } from '../../datasets/errors';
import { type Page, readPage } from '../../datasets/page/readPage';
import { inkOfPage } from '../../datasets/page/segment';
import type { PenMask } from '../../datasets/page/penMask';
import { normalizePhotograph } from '../../datasets/photograph';
import { readPicture } from '../../datasets/readPicture';
import { stepPictures } from '../../datasets/page/steps';
import type {
  Character,
  RecognizeBoxesParams,
  RecognizeBoxesResult,
  RecognizeImageParams,
  RecognizeImageResult,
} from '../../protocol/image';
import type { LoadedModel } from '../models/loadedModel';
import type { Prototype } from '../personal/prototypes';
import { type PageCharacter, type ReadLine, recognizeBoxes, recognizePage } from './page';
import { recognizePicture, type RecognizeOptions } from './recognize';

/** A picture's page and its ink. */
interface Read {
  readonly page: Page;
  readonly mask: PenMask;
}

/** Reads the characters of picture files; keeps the ink of the last one, of which a person may read boxes anew. */
export class ImageReader {
  private last: { readonly key: string; readonly read: Promise<Read> } | undefined;

  /**
   * Finds and reads the characters of a picture.
   *
   * @param prototypes of characters that the model does not know
   * @throws DatasetError where it is no picture or shows no character, ModelError where the model knows none of the
   * alphabet
   */
  async recognize(
    model: LoadedModel,
    params: RecognizeImageParams,
    signal: AbortSignal,
    prototypes: readonly Prototype[] = [],
  ): Promise<RecognizeImageResult> {
    const started = performance.now();
    const { alphabet, top } = params;
    const { page, mask } = await this.inkOf(params);
    const found = await recognizePage(model, mask, { alphabet, top, prototypes, signal });
    const lines = await withSingle(model, found, mask, { ...params, prototypes });
    const { colour, grey, pen, threshold } = await stepPictures(page, mask);
    return {
      width: page.width,
      height: page.height,
      lines: lines.map(({ ruling, slope, characters }) => ({
        ruling: { ...ruling, slope },
        characters: characters.map(sent),
      })),
      steps: { colour: base64(colour), grey: base64(grey), pen: base64(pen), threshold: base64(threshold) },
      milliseconds: performance.now() - started,
    };
  }

  /** Reads boxes of a picture as one character each, or cuts them in two. */
  async recognizeBoxes(
    model: LoadedModel,
    params: RecognizeBoxesParams,
    signal: AbortSignal,
    prototypes: readonly Prototype[] = [],
  ): Promise<RecognizeBoxesResult> {
    const { alphabet, top, boxes, split, ruling } = params;
    const { mask } = await this.inkOf(params);
    const characters = await recognizeBoxes(model, mask, boxes, {
      alphabet,
      top,
      split,
      line: ruling,
      prototypes,
      signal,
    });
    return { characters: characters.map(sent) };
  }

  private async inkOf({ path, options }: Pick<RecognizeImageParams, 'path' | 'options'>): Promise<Read> {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) throw new DatasetError(`There is no picture at ${path}: choose another.`);
    const key = JSON.stringify([path, found.mtimeMs, found.size, options]);
    if (this.last?.key === key) return this.last.read;
    const read = readPage(path).then((page) => {
      const { width, height, grey: pixels } = page;
      return { page, mask: inkOfPage({ width, height, pixels }, options) };
    });
    const mine = { key, read };
    this.last = mine;
    read.catch(() => {
      if (this.last === mine) this.last = undefined;
    });
    return read;
  }
}

/** A picture of one character is at most as many of its heights wide or high. */
const SINGLE = 5;

/**
 * Where one character alone stands free of the picture's edges, and all else stands in from them, the picture is of that
 * one: it is read as the photographs are that models learn from.
 */
async function withSingle(
  model: LoadedModel,
  lines: ReadLine[],
  { width, height }: PenMask,
  { path, alphabet, top, options, prototypes }: RecognizeImageParams & Pick<RecognizeOptions, 'prototypes'>,
): Promise<ReadLine[]> {
  const free = lines.flatMap((line) =>
    line.characters.filter(({ box }) => isFree(box, width, height)).map((character) => ({ line, character })),
  );
  const [only] = free;
  if (!only || free.length > 1) return lines;
  const { box } = only.character;
  if (Math.max(width, height) > SINGLE * Math.max(box.right - box.left, box.bottom - box.top)) return lines;
  const picture = normalizePhotograph(await readPicture(path), options);
  const { candidates } = await recognizePicture(model, picture, { alphabet, top, prototypes });
  return [{ ...only.line, characters: [{ box, candidates, picture, space: false }] }];
}

function isFree({ left, top, right, bottom }: PageCharacter['box'], width: number, height: number): boolean {
  return left > 0 && top > 0 && right < width && bottom < height;
}

function sent({ box, candidates, picture, space }: PageCharacter): Character {
  return { box, candidates, picture: base64(Buffer.from(picture)), space };
}

const base64 = (bytes: Buffer) => bytes.toString('base64');
