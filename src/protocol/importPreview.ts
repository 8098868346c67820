import * as z from 'zod';

export const greySchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  pixels: z.instanceof(Uint8Array),
});
export type Grey = z.infer<typeof greySchema>;

/** Where the class of a picture stands. */
export const CLASS_SOURCES = [
  'auto',
  'hex',
  'text',
  'numbers',
  'first',
  'last',
  'middle',
  'expression',
] as const;
export type ClassSource = (typeof CLASS_SOURCES)[number];

/** How pictures become samples. */
export const pictureOptionsSchema = z.object({
  /** Which of pen and paper is darker. */
  pen: z.enum(['auto', 'dark', 'light']),
  threshold: z.enum(['otsu', 'local']),
  size: z.enum(['normalized', 'keep']),
  classes: z.enum(CLASS_SOURCES),
  /** The characters that numbers stand for, or the regular expression for names of files. */
  text: z.string(),
});
export type PictureOptions = z.infer<typeof pictureOptionsSchema>;

export const USUAL_PICTURE_OPTIONS: PictureOptions = {
  pen: 'auto',
  threshold: 'otsu',
  size: 'normalized',
  classes: 'auto',
  text: '',
};

/** What the preview of an import asks of the host. */
export const previewToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('options'), options: pictureOptionsSchema }),
  z.object({ type: z.literal('import') }),
  z.object({ type: z.literal('cancel') }),
]);
export type PreviewToHost = z.infer<typeof previewToHostSchema>;

export const previewedPictureSchema = z.object({
  name: z.string(),
  label: z.string(),
  /** As it is: 0 black to 255 white. */
  original: greySchema.optional(),
  /** As it will be: 0 background to 255 ink. */
  result: greySchema.optional(),
  /** Why it will be left out. */
  problem: z.string().optional(),
});
export type PreviewedPicture = z.infer<typeof previewedPictureSchema>;

/** What the host tells it. */
export const hostToPreviewSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('preview'),
    name: z.string(),
    options: pictureOptionsSchema,
    /** Pictures that the import will look at. */
    total: z.number().int().min(0),
    /** Some of them. */
    pictures: z.array(previewedPictureSchema),
    /** One sentence for each file or folder that has no class. */
    problems: z.array(z.string()),
  }),
  z.object({
    type: z.literal('failed'),
    name: z.string(),
    options: pictureOptionsSchema,
    message: z.string(),
  }),
]);
export type HostToPreview = z.infer<typeof hostToPreviewSchema>;
