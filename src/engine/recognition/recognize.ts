import type { Ink } from '../../ink/ink';
import { PICTURE_SIZE, rasterize } from '../../ink/rasterize';
import type { Candidate } from '../../protocol/engine/recognition';
import type { LoadedModel, PictureBatch } from '../models/loadedModel';
import { classesWith, prototypeScores, withPrototypes, type Prototype } from '../personal/prototypes';
import { candidatesOf } from './candidates';

/** What was read, and the picture that it was read from. */
export interface Recognition {
  readonly candidates: Candidate[];
  readonly picture: { width: number; height: number; pixels: Uint8Array };
  readonly milliseconds: number;
}

/** How to recognize: which classes may be given, and how many. */
export interface RecognizeOptions {
  readonly alphabet: string;
  readonly top: number;
  /** The text before what is read. */
  readonly context?: string | undefined;
  /** Characters that the model does not know, of which the user drew samples. */
  readonly prototypes?: readonly Prototype[] | undefined;
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
  const side = model.card.preprocessing.height;
  const { penWidth } = options;
  const pixels = rasterize(ink, { penWidth, side });
  const size = { width: side, height: side };
  const batch = { pixels, count: 1, ...size };
  const probabilities = model.inkProbabilities
    ? await model.inkProbabilities([{ ink, penWidth }], batch)
    : await model.probabilities(batch);
  return recognitionOf(model, probabilities, batch, options, started);
}

/**
 * Reads one character from a picture made as EMNIST's are: gray values, 255 is ink.
 *
 * @throws ModelError where the model knows none of the alphabet
 */
export async function recognizePicture(
  model: LoadedModel,
  pixels: Uint8Array,
  options: RecognizeOptions,
  started = performance.now(),
): Promise<Recognition> {
  const batch = { pixels, count: 1, width: PICTURE_SIZE, height: PICTURE_SIZE };
  return recognitionOf(model, await model.probabilities(batch), batch, options, started);
}

/** The candidates that follow from what a model says of one picture. */
async function recognitionOf(
  model: LoadedModel,
  probabilities: Float32Array,
  { pixels, height, width }: PictureBatch,
  { alphabet, top, context, prototypes = [] }: RecognizeOptions,
  started: number,
): Promise<Recognition> {
  const size = { width, height };
  const [scores = []] = await prototypeScores(model, pixels, size, 1, prototypes);
  const shares = withPrototypes(probabilities, scores);
  const candidates = candidatesOf(shares, classesWith(model, prototypes), alphabet, top, context);
  return { candidates, picture: { ...size, pixels }, milliseconds: performance.now() - started };
}
