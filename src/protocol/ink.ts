import * as z from 'zod';

/** x, y (any unit, y down), then optionally t (milliseconds) and pressure (0 to 1). */
export const pointSchema = z.union([
  z.tuple([z.number(), z.number()]),
  z.tuple([z.number(), z.number(), z.number().optional()]),
  z.tuple([z.number(), z.number(), z.number().optional(), z.number().optional()]),
]);

/** Ink as it crosses a border; the limits bound the memory that a hostile message can take. */
export const inkSchema = z.array(z.array(pointSchema).max(100_000)).max(1_000);

export const candidateSchema = z.object({ text: z.string(), probability: z.number().min(0).max(1) });

/** A text with the probability that it is what was written, 0 to 1. */
export type Candidate = z.infer<typeof candidateSchema>;

/** What the network saw: grey values 0 (background) to 255 (ink), row by row. */
export const pictureSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  pixels: z.array(z.number()),
});
export type Picture = z.infer<typeof pictureSchema>;

export type Ink = z.infer<typeof inkSchema>;
export type Stroke = Ink[number];
export type Point = Stroke[number];
