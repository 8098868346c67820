import * as z from 'zod/mini';

/** x, y (any unit, y down), then optionally t (milliseconds) and pressure (0 to 1). */
export const pointSchema = z.union([
  z.tuple([z.number(), z.number()]),
  z.tuple([z.number(), z.number(), z.optional(z.number())]),
  z.tuple([z.number(), z.number(), z.optional(z.number()), z.optional(z.number())]),
]);
export type Point = z.infer<typeof pointSchema>;

/** Ink as it crosses a border; the limits bound the memory that a hostile message can take. */
export const strokeSchema = z.array(pointSchema).check(z.maxLength(100_000));
export const inkSchema = z.array(strokeSchema).check(z.maxLength(5_000));
export type Stroke = z.infer<typeof strokeSchema>;
export type Ink = z.infer<typeof inkSchema>;

export const candidateSchema = z.object({
  text: z.string(),
  probability: z.number().check(z.minimum(0), z.maximum(1)),
});

/** A text with the probability that it is what was written, 0 to 1. */
export type Candidate = z.infer<typeof candidateSchema>;

/** The guide lines that ink was written on, in the ink's unit, y down. */
export const guideSchema = z.object({
  /** y of the line that letters stand on. */
  baseline: z.number(),
  /** Height of small letters such as x. */
  xHeight: z.number().check(z.positive()),
  /** From one base line to the next below it, where there are several. */
  pitch: z.optional(z.number().check(z.positive())),
});

const index = z.int().check(z.nonnegative());

/** Strokes, by their places in the ink, that begin behind a space which was drawn as one. */
export const spacesSchema = z.array(index).check(z.maxLength(1_000));

/** Points `from` to `to`, both too, of a stroke. */
export const spanSchema = z.object({ stroke: index, from: index, to: index });
export type Span = z.infer<typeof spanSchema>;

/** A text that ink may say: a character, a word, a line, or several lines with line feeds between them. */
export const readingSchema = z.object({
  text: z.string(),
  probability: z.number().check(z.minimum(0), z.maximum(1)),
  /** Whether it is what the ink alone says, without language, lexicon and place. */
  isPlain: z.boolean(),
  /** For each character of the text, spaces and line feeds too, the points that it was read from; a symbol is one. */
  alignment: z.array(z.array(spanSchema)),
  /** The class of the symbol that it is, where it is one; then the text stands for the class. */
  symbol: z.optional(z.string()),
  /** Whether it is a symbol of the user's own, with a text of one character or more. */
  isOwn: z.optional(z.boolean()),
});
export type Reading = z.infer<typeof readingSchema>;

/** What a reading's alignment tells the places of: its characters, of which a symbol is one. */
export function charactersOf({ text, symbol, isOwn }: Pick<Reading, 'text' | 'symbol' | 'isOwn'>): string[] {
  return symbol !== undefined || isOwn === true ? [text] : [...text];
}

/** What the network saw: gray values 0 (background) to 255 (ink), row by row. */
export const pictureSchema = z.object({
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
  pixels: z.array(z.number()),
});
export type Picture = z.infer<typeof pictureSchema>;
