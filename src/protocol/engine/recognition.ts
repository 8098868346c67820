import * as z from 'zod';
import { candidateSchema, guideSchema, inkSchema, pictureSchema, readingSchema, spacesSchema } from '../ink';
import { call } from '../rpc';

export { candidateSchema, inkSchema, pointSchema, type Candidate } from '../ink';

const wanted = {
  /** Folder of the model, absolute. */
  model: z.string().min(1),
  /** An alphabet's name or its characters. */
  alphabet: z.string().min(1),
  /** How many candidates to give at most. */
  top: z.number().int().min(1).max(100),
};

const read = z.object({
  /** Most likely first; probabilities are renormalized over the alphabet. */
  candidates: z.array(candidateSchema),
  picture: pictureSchema,
  /** Time in the engine, rasterizing included. */
  milliseconds: z.number(),
});

/** Recognizes one character. */
export const recognize = call('recognize', {
  params: z.object({
    ...wanted,
    ink: inkSchema,
    /** Width of the pen in the ink's unit, where it is known: dots become blobs, small characters bolder. */
    penWidth: z.number().positive().optional(),
    /** The folder of datasets, to give the characters that only the user's own handwriting has. */
    home: z.string().min(1).optional(),
  }),
  result: read,
});

/** Recognizes one drawn symbol, by a model of symbols. */
export const readSymbol = call('readSymbol', {
  params: z.object({
    /** Folder of the model of symbols, absolute. */
    model: z.string().min(1),
    ink: inkSchema,
    /** How many candidates to give at most. */
    top: z.number().int().min(1).max(2000),
  }),
  result: z.object({
    /** Most likely first; the ids are those of `media/symbols.json`. */
    candidates: z.array(z.object({ id: z.string(), probability: z.number() })),
    /** Time in the engine. */
    milliseconds: z.number(),
  }),
});

/** Recognizes the character of a picture that is made as the network takes it. */
export const recognizePicture = call('recognizePicture', {
  params: z.object({ ...wanted, picture: pictureSchema }),
  result: read,
});

/** What is known of the place that the text goes to. */
export const placeSchema = z.object({
  /** The text before the cursor and behind it, as much as counts. */
  before: z.string().max(20_000),
  after: z.string().max(20_000),
  /** VS Code's id of the language. */
  language: z.string().max(100),
  /** What the completion provider offers there. */
  offered: z.array(z.string().max(200)).max(5_000),
  /** Words of a lexicon and of other texts, with weights above 0. */
  given: z.array(z.tuple([z.string().max(200), z.number().positive()])).max(100_000),
  elsewhere: z.array(z.tuple([z.string().max(200), z.number().positive()])).max(20_000),
});
export type Place = z.infer<typeof placeSchema>;

const written = {
  ...wanted,
  /** The user chose `model`: what it says of a single character counts alone. */
  chosen: z.boolean().optional(),
  /** Folder of the model of lines, absolute; `model` reads single characters. */
  lines: z.string().min(1),
  ink: inkSchema,
  penWidth: z.number().positive().optional(),
  /** The lines that the ink was written on, where they are known. */
  guide: z.optional(guideSchema),
  spaces: z.optional(spacesSchema),
  home: z.string().min(1).optional(),
  /** Folder of the model of symbols, absolute, where the alphabet is one that it reads for. */
  symbols: z.string().min(1).optional(),
  /** `auto` tells by itself whether one character was written or more. */
  mode: z.enum(['auto', 'character', 'line']),
  place: placeSchema,
};

/** Reads whatever was written: a character, a word, a line, or several lines one below the other. */
export const readInk = call('readInk', {
  params: z.object(written),
  result: z.object({
    /** Most likely first, the plain reading among them or behind them. */
    readings: z.array(readingSchema),
    /** What the network of characters saw, where one character was written. */
    picture: z.optional(pictureSchema),
    /** Time in the engine. */
    milliseconds: z.number(),
  }),
});

/** What a reading may be instead at one of its characters: whole texts, likeliest first, the text itself among them. */
export const readAlternatives = call('readAlternatives', {
  params: z.object({ ...written, text: z.string().max(2_000), at: z.number().int().min(0) }),
  result: z.array(readingSchema),
});
