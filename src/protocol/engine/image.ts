import * as z from 'zod';
import { inkSchema } from '../ink';
import { boxSchema, characterSchema, imageOptionsSchema, lineSchema, rulingSchema } from '../pageText';
import { call } from '../rpc';
import { placeSchema } from './recognition';

/** Most characters of a page that cross a border, and boxes that are read at a time. */
const MOST_CHARACTERS = 20_000;
const MOST_BOXES = 500;

/** The steps from a picture to its ink, each a picture file as base64, shrunk where the page is large. */
export const stepsSchema = z.object({
  /** JPEG, upright. */
  color: z.base64(),
  /** JPEG: the channel that shows the pen best. */
  gray: z.base64(),
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
  /** Where the user's samples lie: characters that the model does not know are candidates too. */
  home: z.string().min(1).optional(),
  /** An alphabet's name or its characters. */
  alphabet: z.string().min(1),
  /** How many candidates of each character to give at most. */
  top: z.number().int().min(1).max(100),
  options: imageOptionsSchema,
});

/** Finds and reads the characters of a picture. */
export const recognizeImage = call('recognizeImage', {
  params: imageSchema.extend({ place: placeSchema }),
  result: z.object({
    /** Of the page, in pixels. */
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    /** From top to bottom. */
    lines: z.array(lineSchema).max(MOST_CHARACTERS),
    steps: stepsSchema,
    milliseconds: z.number(),
  }),
});

/** Reads boxes of a picture as one character each: where the user merged, split or drew them. */
export const recognizeBoxes = call('recognizeBoxes', {
  params: imageSchema.extend({
    boxes: z.array(boxSchema).min(1).max(MOST_BOXES),
    /** Cut each box in two where its ink is thinnest. */
    split: z.boolean(),
    ruling: z.optional(rulingSchema),
  }),
  result: z.object({
    /** One a box, or two where it could be cut; boxes without ink have none. */
    characters: z.array(characterSchema),
  }),
});

/** Finds the strokes of boxes of a picture, as a pen may have drawn them. */
export const drawBoxes = call('drawBoxes', {
  params: imageSchema.pick({ path: true, options: true }).extend({
    boxes: z.array(boxSchema).min(1).max(MOST_BOXES),
  }),
  result: z.object({
    /** One a box, null where it has no ink of a pen. */
    inks: z.array(z.object({ ink: inkSchema, penWidth: z.number().positive() }).nullable()),
  }),
});
