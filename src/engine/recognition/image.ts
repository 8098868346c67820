import { stat } from 'node:fs/promises';
import { DatasetError } from '../../datasets/errors';
import type { LikelyText } from '../../language/likelyText';
import { drawnInk } from '../../pictures/page/drawnInk';
import { type Page, readPage } from '../../pictures/page/readPage';
import { inkOfPage } from '../../pictures/page/segment';
import type { PenMask } from '../../pictures/page/penMask';
import { normalizePhotograph } from '../../pictures/photograph';
import { readPicture } from '../../pictures/readPicture';
import { stepPictures } from '../../pictures/page/steps';
import type * as calls from '../../protocol/engine/image';
import type { Character } from '../../protocol/pageText';
import type { Params, Result } from '../../protocol/rpc';
import type { LoadedModel } from '../models/loadedModel';
import type { Prototype } from '../personal/prototypes';
import { type PageCharacter, type ReadLine, recognizeBoxes, recognizePage } from './page';
import { recognizePicture, type RecognizeOptions } from './recognize';

/** A picture's page and its ink. */
interface Read {
  readonly page: Page;
  readonly mask: PenMask;
}

/** What is known besides a picture. */
interface Known {
  /** What is likely where the text goes. */
  readonly likely: LikelyText;
  /** Of characters that the model does not know. */
  readonly prototypes: readonly Prototype[];
  readonly signal: AbortSignal;
}

/** Reads the characters of picture files; keeps the ink of the last one, of which a user may read boxes anew. */
export class ImageReader {
  private last: { readonly key: string; readonly read: Promise<Read> } | undefined;

  /**
   * Finds and reads the characters of a picture.
   *
   * @throws DatasetError where it is no picture or shows no character, ModelError where the model knows none of the
   * alphabet
   */
  async recognize(
    model: LoadedModel,
    params: Params<typeof calls.recognizeImage>,
    { likely, prototypes, signal }: Known,
  ): Promise<Result<typeof calls.recognizeImage>> {
    const started = performance.now();
    const { alphabet, top } = params;
    const { page, mask } = await this.inkOf(params);
    const found = await recognizePage(model, mask, { alphabet, top, likely, prototypes, signal });
    const lines = await withSingle(model, found, mask, { ...params, prototypes });
    const { color, gray, pen, threshold } = await stepPictures(page, mask);
    return {
      width: page.width,
      height: page.height,
      lines: lines.map(({ ruling, slope, indent, characters }) => ({
        ruling: { ...ruling, slope },
        indent,
        characters: characters.map(sent),
      })),
      steps: { color: base64(color), gray: base64(gray), pen: base64(pen), threshold: base64(threshold) },
      milliseconds: performance.now() - started,
    };
  }

  /** Reads boxes of a picture as one character each, or cuts them in two. */
  async recognizeBoxes(
    model: LoadedModel,
    params: Params<typeof calls.recognizeBoxes>,
    signal: AbortSignal,
    prototypes: readonly Prototype[] = [],
  ): Promise<Result<typeof calls.recognizeBoxes>> {
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

  /** The strokes of boxes of a picture. */
  async drawBoxes(params: Params<typeof calls.drawBoxes>): Promise<Result<typeof calls.drawBoxes>> {
    const { mask } = await this.inkOf(params);
    const inks = params.boxes.map((box) => drawnInk(mask, box));
    return { inks: inks.map((drawn) => drawn ?? null) };
  }

  private async inkOf({
    path,
    options,
  }: Pick<Params<typeof calls.recognizeImage>, 'path' | 'options'>): Promise<Read> {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) throw new DatasetError(`There is no picture at ${path}: choose another.`);
    const key = JSON.stringify([path, found.mtimeMs, found.size, options]);
    if (this.last?.key === key) return this.last.read;
    const read = readPage(path).then((page) => {
      const { width, height, gray: pixels } = page;
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
  {
    path,
    alphabet,
    top,
    options,
    prototypes,
  }: Params<typeof calls.recognizeImage> & Pick<RecognizeOptions, 'prototypes'>,
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
  return [{ ...only.line, indent: 0, characters: [{ box, candidates, picture, space: false }] }];
}

function isFree({ left, top, right, bottom }: PageCharacter['box'], width: number, height: number): boolean {
  return left > 0 && top > 0 && right < width && bottom < height;
}

function sent({ box, candidates, picture, space }: PageCharacter): Character {
  return { box, candidates, picture: base64(Buffer.from(picture)), space };
}

const base64 = (bytes: Buffer) => bytes.toString('base64');
