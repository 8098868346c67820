import * as z from 'zod/mini';
import type { Failed } from './failed';
import type { recognizeImage } from '../engine/image';
import { boxSchema, type Character, type ImageOptions, imageOptionsSchema, rulingSchema } from '../pageText';
import type { Result } from '../rpc';

/** A pasted or dropped picture has at most as many bytes. */
const MOST_BYTES = 100e6;
/** Corrections that are kept at a time. */
export const MOST_KEPT = 500;

/** The bytes of a picture, or where it lies, as it was pasted or dropped. */
export const givenPictureSchema = z.union([
  z.object({
    name: z.string().check(z.maxLength(1000)),
    bytes: z.instanceof(Uint8Array).check(z.refine(({ length }) => length <= MOST_BYTES)),
  }),
  z.object({ uri: z.string().check(z.maxLength(10_000)) }),
]);
export type GivenPicture = z.infer<typeof givenPictureSchema>;

const textSchema = /* @__PURE__ */ z.string().check(z.minLength(1), z.maxLength(1_000_000));

/** What the user says that a box of the picture shows. */
const correctionSchema = z.object({
  box: boxSchema,
  label: z.string().check(z.minLength(1), z.maxLength(100)),
});
export type Correction = z.infer<typeof correctionSchema>;

/** What the view of a picture's characters asks of the host. */
export const imageToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the picture of before. */
  z.object({
    type: z.literal('ready'),
    uri: z.optional(z.string()),
    options: z.optional(imageOptionsSchema),
  }),
  z.object({ type: z.literal('options'), options: imageOptionsSchema }),
  z.object({ type: z.literal('alphabet'), alphabet: z.string().check(z.minLength(1)) }),
  z.object({ type: z.literal('choose') }),
  z.object({ type: z.literal('give'), picture: givenPictureSchema }),
  z.object({ type: z.literal('cancel') }),
  /** Read a box as one character, or cut it in two. */
  z.object({
    type: z.literal('box'),
    id: z.int(),
    box: boxSchema,
    split: z.boolean(),
    ruling: rulingSchema,
  }),
  /** Keep the ink of what was corrected as samples of the user's handwriting. */
  z.object({
    type: z.literal('keep'),
    corrections: z.array(correctionSchema).check(z.minLength(1), z.maxLength(MOST_KEPT)),
  }),
  z.object({ type: z.literal('insert'), text: textSchema }),
  z.object({ type: z.literal('copy'), text: textSchema }),
]);
export type ImageToHost = z.infer<typeof imageToHostSchema>;

export interface ReadImage {
  type: 'read';
  uri: string;
  name: string;
  options: ImageOptions;
  result: Result<typeof recognizeImage>;
}

/** What the host tells the view of a picture's characters. */
export type HostToImage =
  | { type: 'alphabet'; alphabet: string }
  /** A picture is being read. */
  | { type: 'reading'; name: string }
  | ReadImage
  /** The answer to `box`; nothing where there is no ink, two characters where it was cut. */
  | { type: 'box'; id: number; characters: Character[] }
  /** These corrections are samples now; what else was to be kept has no ink. */
  | { type: 'kept'; corrections: readonly Correction[]; message: string }
  /** The picture cannot be read: one sentence for the user. */
  | { type: 'unread'; message: string }
  | Failed
  /** What became of what was asked, in words; the picture stays. */
  | { type: 'done'; message: string };
