import * as z from 'zod/mini';
import type { Failed } from './failed';

export interface Gray {
  width: number;
  height: number;
  pixels: Uint8Array<ArrayBuffer>;
}

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

export interface PreviewedPicture {
  name: string;
  label: string;
  /** As it is: 0 black to 255 white. */
  original?: Gray | undefined;
  /** As it will be: 0 background to 255 ink. */
  result?: Gray | undefined;
  /** Why it will be left out. */
  problem?: string | undefined;
}

/** What the host makes of some of the pictures. */
export type Preview =
  | {
      type: 'preview';
      name: string;
      options: PictureOptions;
      /** Pictures that the import will look at. */
      total: number;
      /** Some of them. */
      pictures: PreviewedPicture[];
      /** One sentence for each file or folder that has no class. */
      problems: string[];
    }
  | { type: 'unreadable'; name: string; options: PictureOptions; message: string };

/** What the host tells it. */
export type HostToPreview = Preview | Failed;
