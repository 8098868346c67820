import type { CancellationToken } from 'vscode-jsonrpc';
import {
  type Box,
  type Character,
  type ImageOptions,
  recognizeBoxesRequest,
  recognizeBoxesResultSchema,
  recognizeImageRequest,
  type RecognizeImageResult,
  recognizeImageResultSchema,
  type Ruling,
} from '../../protocol/image';
import { requestAlphabet } from '../alphabet';
import type { EngineClient } from '../engineClient';
import type { ModelInUse } from '../models/modelInUse';
import { settings } from '../settings';

/** As many as have keys. */
const CANDIDATES = 5;

/** Reads pictures in the person's alphabet. */
export class ImageRecognition {
  constructor(
    private readonly engine: EngineClient,
    private readonly model: ModelInUse,
    /** Where the person's samples lie. */
    private readonly home: string,
  ) {}

  /** Finds and reads the characters of a picture file; throws Cancelled when the token was, else a UserError. */
  async read(path: string, options: ImageOptions, token: CancellationToken): Promise<RecognizeImageResult> {
    const params = { ...(await this.common()), path, options };
    return this.engine.request(recognizeImageRequest, params, recognizeImageResultSchema, token);
  }

  /** Reads a box of a picture as one character, or cuts it in two. */
  async readBox(
    path: string,
    options: ImageOptions,
    { box, split, ruling }: { box: Box; split: boolean; ruling: Ruling },
  ): Promise<Character[]> {
    const params = { ...(await this.common()), path, options, boxes: [box], split, ruling };
    return (await this.engine.request(recognizeBoxesRequest, params, recognizeBoxesResultSchema)).characters;
  }

  private async common() {
    const alphabet = requestAlphabet(settings.alphabet, settings.customAlphabet);
    const { folder } = await this.model.current();
    return { model: folder, home: this.home, alphabet, top: CANDIDATES };
  }
}
