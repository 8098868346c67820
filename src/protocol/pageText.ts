import * as z from 'zod/mini';
import { candidateSchema } from './ink';

/** A part of a picture in its pixels; right and bottom are the first column and row beyond. */
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
  capitalHeight: z.number().check(z.positive()),
  /** How far it falls a pixel to the right. */
  slope: z.number(),
});
export type Ruling = z.infer<typeof rulingSchema>;

/** A character of a page. */
export const characterSchema = z.object({
  box: boxSchema,
  /** Most likely first. */
  candidates: z.array(candidateSchema),
  /** The network's input: 28x28 gray values, 255 is ink, as base64. */
  picture: z.base64(),
  /** Whether a space stands before it. */
  space: z.boolean(),
});
export type Character = z.infer<typeof characterSchema>;

export const lineSchema = z.object({
  ruling: rulingSchema,
  /** Blanks before its first character; none where it is not said. */
  indent: z.optional(z.int().check(z.minimum(0), z.maximum(1000))),
  characters: z.array(characterSchema),
});
export type Line = z.infer<typeof lineSchema>;
