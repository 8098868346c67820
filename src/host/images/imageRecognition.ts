import { characterAlphabet, requestAlphabet } from '../../base/alphabet';
import { drawBoxes, recognizeBoxes, recognizeImage } from '../../protocol/engine/image';
import type { Box, Character, ImageOptions, Ruling } from '../../protocol/pageText';
import type { Place } from '../../protocol/engine/recognition';
import type { Result } from '../../protocol/rpc';
import type { Engine } from '../engine/engine';
import type { ModelsInUse } from '../models/modelsInUse';
import { settings } from '../shell/settings';

/** As many as have keys. */
const CANDIDATES = 5;

type Drawn = NonNullable<Result<typeof drawBoxes>['inks'][number]>;

/** Reads pictures in the user's alphabet. */
export class ImageRecognition {
  constructor(
    private readonly engine: Engine,
    private readonly models: Pick<ModelsInUse, 'characters'>,
    /** Where the user's samples lie. */
    private readonly home: string,
    /** What is known of the place that the text goes to. */
    private readonly placeNow: () => Promise<Place>,
  ) {}

  /** Finds and reads the characters of a picture file; throws Canceled when the signal is aborted, else a UserError. */
  async read(
    path: string,
    options: ImageOptions,
    signal: AbortSignal,
  ): Promise<Result<typeof recognizeImage>> {
    const params = { ...(await this.common()), path, options, place: await this.placeNow() };
    return this.engine.call(recognizeImage, params, { signal });
  }

  /** Reads a box of a picture as one character, or cuts it in two. */
  async readBox(
    path: string,
    options: ImageOptions,
    { box, split, ruling }: { box: Box; split: boolean; ruling: Ruling },
  ): Promise<Character[]> {
    const params = { ...(await this.common()), path, options, boxes: [box], split, ruling };
    return (await this.engine.call(recognizeBoxes, params)).characters;
  }

  /** The strokes of boxes of a picture; undefined where there is no ink of a pen. */
  async inksOf(path: string, options: ImageOptions, boxes: readonly Box[]): Promise<(Drawn | undefined)[]> {
    const { inks } = await this.engine.call(drawBoxes, { path, options, boxes: [...boxes] });
    return inks.map((drawn) => drawn ?? undefined);
  }

  private async common() {
    const alphabet = requestAlphabet(characterAlphabet(settings.alphabet), settings.customAlphabet);
    const { folder } = await this.models.characters.current();
    return { model: folder, home: this.home, alphabet, top: CANDIDATES };
  }
}
