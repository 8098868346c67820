import * as z from 'zod';
import {
  boxSchema,
  characterSchema,
  imageOptionsSchema,
  recognizeImageResultSchema,
  rulingSchema,
} from './image';

/** A pasted or dropped picture has at most as many bytes. */
const MOST_BYTES = 100e6;

/** The bytes of a picture, or where it lies, as it was pasted or dropped. */
export const givenPictureSchema = z.union([
  z.object({
    name: z.string().max(1000),
    bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= MOST_BYTES),
  }),
  z.object({ uri: z.string().max(10_000) }),
]);
export type GivenPicture = z.infer<typeof givenPictureSchema>;

const idSchema = z.number().int();

/** What the view of a picture's characters asks of the host. */
export const imageToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the picture of before. */
  z.object({
    type: z.literal('ready'),
    uri: z.string().optional(),
    options: imageOptionsSchema.optional(),
  }),
  z.object({ type: z.literal('options'), options: imageOptionsSchema }),
  z.object({ type: z.literal('alphabet'), alphabet: z.string().min(1) }),
  z.object({ type: z.literal('choose') }),
  z.object({ type: z.literal('give'), picture: givenPictureSchema }),
  z.object({ type: z.literal('cancel') }),
  /** Read a box as one character, or cut it in two. */
  z.object({
    type: z.literal('box'),
    id: idSchema,
    box: boxSchema,
    split: z.boolean(),
    ruling: rulingSchema,
  }),
  z.object({ type: z.literal('insert'), text: z.string().min(1).max(1_000_000) }),
  z.object({ type: z.literal('copy'), text: z.string().min(1).max(1_000_000) }),
]);
export type ImageToHost = z.infer<typeof imageToHostSchema>;

/** What the host tells the view of a picture's characters. */
export const hostToImageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('alphabet'), alphabet: z.string() }),
  /** A picture is being read. */
  z.object({ type: z.literal('reading'), name: z.string() }),
  z.object({
    type: z.literal('read'),
    uri: z.string(),
    name: z.string(),
    options: imageOptionsSchema,
    result: recognizeImageResultSchema,
  }),
  /** The answer to `box`; nothing where there is no ink, two characters where it was cut. */
  z.object({ type: z.literal('box'), id: idSchema, characters: z.array(characterSchema) }),
  /** The picture cannot be read: one sentence for the person. */
  z.object({ type: z.literal('failed'), message: z.string() }),
  /** What became of what was asked, in words; the picture stays. */
  z.object({ type: z.literal('done'), message: z.string() }),
]);
export type HostToImage = z.infer<typeof hostToImageSchema>;
export type ReadImage = Extract<HostToImage, { type: 'read' }>;
