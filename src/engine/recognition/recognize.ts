import type { Ink } from '../../ink/ink';
import { PICTURE_SIZE, rasterize } from '../../ink/rasterize';
import type { Candidate } from '../../protocol/engine';
import type { LoadedModel } from '../models/layersModel';
import { candidatesOf } from './candidates';
import { probabilitiesOf } from './probabilities';

/** What was read, and the picture that it was read from. */
export interface Recognition {
  readonly candidates: Candidate[];
  readonly picture: { width: number; height: number; pixels: Uint8Array };
  readonly milliseconds: number;
}

/** How to recognise: which classes may be given, and how many. */
export interface RecognizeOptions {
  readonly alphabet: string;
  readonly top: number;
  /** The text before what is read. */
  readonly context?: string | undefined;
  /** Width of the pen in the ink's unit, where it is known. */
  readonly penWidth?: number | undefined;
}

/**
 * Reads one character from ink.
 *
 * @throws InkError where the ink is empty or not finite, ModelError where the model knows none of the alphabet
 */
export async function recognizeInk(
  model: LoadedModel,
  ink: Ink,
  options: RecognizeOptions,
): Promise<Recognition> {
  const started = performance.now();
  const picture = rasterize(ink, { penWidth: options.penWidth });
  return recognizePicture(model, picture, options, started);
}

/**
 * Reads one character from a picture made as the model's network takes it: 28x28 grey values, 255 is ink.
 *
 * @throws ModelError where the model knows none of the alphabet
 */
export async function recognizePicture(
  model: LoadedModel,
  pixels: Uint8Array,
  { alphabet, top, context }: RecognizeOptions,
  started = performance.now(),
): Promise<Recognition> {
  const probabilities = await probabilitiesOf(model.layers, pixels, 1);
  const candidates = candidatesOf(probabilities, model.card.classes, alphabet, top, context);
  const picture = { width: PICTURE_SIZE, height: PICTURE_SIZE, pixels };
  return { candidates, picture, milliseconds: performance.now() - started };
}
