import { RequestType } from 'vscode-jsonrpc';
import * as z from 'zod';
import { candidateSchema } from './ink';

/** Most characters of a page that cross a border, and boxes that are read at a time. */
const MOST_CHARACTERS = 20_000;
const MOST_BOXES = 500;

/** In pixels of the page; right and bottom are the first column and row beyond. */
export const boxSchema = z.object({
  left: z.number(),
  top: z.number(),
  right: z.number(),
  bottom: z.number(),
});
export type Box = z.infer<typeof boxSchema>;

/** How a picture is to be understood. */
export const imageOptionsSchema = z.object({
  /** Which of pen and paper is darker. */
  pen: z.enum(['auto', 'dark', 'light']),
  /** One threshold for the whole page, or one that follows strokes that fade. */
  threshold: z.enum(['otsu', 'local']),
});
export type ImageOptions = z.infer<typeof imageOptionsSchema>;

/** Where a line runs: what a character's height and place on it are told by. */
export const rulingSchema = z.object({
  /** At the page's left edge. */
  baseline: z.number(),
  capitalHeight: z.number().positive(),
  /** How far it falls a pixel to the right. */
  slope: z.number(),
});
export type Ruling = z.infer<typeof rulingSchema>;

export const characterSchema = z.object({
  box: boxSchema,
  /** Most likely first. */
  candidates: z.array(candidateSchema),
  /** The network's input: 28x28 grey values, 255 is ink, as base64. */
  picture: z.base64(),
  /** Whether a space stands before it. */
  space: z.boolean(),
});
export type Character = z.infer<typeof characterSchema>;

export const lineSchema = z.object({ ruling: rulingSchema, characters: z.array(characterSchema) });
export type Line = z.infer<typeof lineSchema>;

/** The steps from a picture to its ink, each a picture file as base64, shrunk where the page is large. */
export const stepsSchema = z.object({
  /** JPEG, upright. */
  colour: z.base64(),
  /** JPEG: the channel that shows the pen best. */
  grey: z.base64(),
  /** JPEG: the paper taken out, dark is ink. */
  pen: z.base64(),
  /** PNG: what counts as ink is black. */
  threshold: z.base64(),
});
export type Steps = z.infer<typeof stepsSchema>;

const imageSchema = z.object({
  /** Folder of the model, absolute. */
  model: z.string().min(1),
  /** The picture file, absolute. */
  path: z.string().min(1),
  /** Where the person's samples lie: characters that the model does not know are candidates too. */
  home: z.string().min(1).optional(),
  /** An alphabet's name or its characters. */
  alphabet: z.string().min(1),
  /** How many candidates of each character to give at most. */
  top: z.number().int().min(1).max(100),
  options: imageOptionsSchema,
});

export const recognizeImageParamsSchema = imageSchema;
export type RecognizeImageParams = z.infer<typeof recognizeImageParamsSchema>;

export const recognizeImageResultSchema = z.object({
  /** Of the page, in pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** From top to bottom. */
  lines: z.array(lineSchema).max(MOST_CHARACTERS),
  steps: stepsSchema,
  milliseconds: z.number(),
});
export type RecognizeImageResult = z.infer<typeof recognizeImageResultSchema>;

export const recognizeBoxesParamsSchema = imageSchema.extend({
  boxes: z.array(boxSchema).min(1).max(MOST_BOXES),
  /** Cut each box in two where its ink is thinnest. */
  split: z.boolean(),
  ruling: rulingSchema.optional(),
});
export type RecognizeBoxesParams = z.infer<typeof recognizeBoxesParamsSchema>;

export const recognizeBoxesResultSchema = z.object({
  /** One a box, or two where it could be cut; boxes without ink have none. */
  characters: z.array(characterSchema),
});
export type RecognizeBoxesResult = z.infer<typeof recognizeBoxesResultSchema>;

/** Finds and reads the characters of a picture. */
export const recognizeImageRequest = new RequestType<RecognizeImageParams, RecognizeImageResult, void>(
  'recognizeImage',
);

/** Reads boxes of a picture as one character each: where a person merged, split or drew them. */
export const recognizeBoxesRequest = new RequestType<RecognizeBoxesParams, RecognizeBoxesResult, void>(
  'recognizeBoxes',
);
