import { stat } from 'node:fs/promises';
import { DatasetError } from '../../datasets/errors';
import { type Page, readPage } from '../../datasets/page/readPage';
import { inkOfPage } from '../../datasets/page/segment';
import type { PenMask } from '../../datasets/page/penMask';
import { stepPictures } from '../../datasets/page/steps';
import type {
  Character,
  RecognizeBoxesParams,
  RecognizeBoxesResult,
  RecognizeImageParams,
  RecognizeImageResult,
} from '../../protocol/image';
import type { LoadedModel } from '../models/loadedModel';
import { type PageCharacter, recognizeBoxes, recognizePage } from './page';

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
   * @throws DatasetError where it is no picture or shows no character, ModelError where the model knows none of the
   * alphabet
   */
  async recognize(
    model: LoadedModel,
    params: RecognizeImageParams,
    signal: AbortSignal,
  ): Promise<RecognizeImageResult> {
    const started = performance.now();
    const { alphabet, top } = params;
    const { page, mask } = await this.inkOf(params);
    const lines = await recognizePage(model, mask, { alphabet, top, signal });
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
  ): Promise<RecognizeBoxesResult> {
    const { alphabet, top, boxes, split, ruling } = params;
    const { mask } = await this.inkOf(params);
    const characters = await recognizeBoxes(model, mask, boxes, {
      alphabet,
      top,
      split,
      line: ruling,
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

function sent({ box, candidates, picture, space }: PageCharacter): Character {
  return { box, candidates, picture: base64(Buffer.from(picture)), space };
}

const base64 = (bytes: Buffer) => bytes.toString('base64');
