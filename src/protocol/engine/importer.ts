import * as z from 'zod';
import { pictureOptionsSchema } from '../pages/importPreview';
import { call } from '../rpc';

/** Makes datasets of the user's own data. Throws NumberedClasses where it has to be told what numbers stand for. */
export const importData = call('importData', {
  params: z.object({
    /** A folder or file, absolute. */
    location: z.string().min(1),
    /** The folder that datasets are stored in. */
    home: z.string().min(1),
    name: z.string().min(1),
    /** Of pictures, where the location holds some. */
    pictures: z.optional(pictureOptionsSchema),
    /** What the labels 0, 1, 2 and so on stand for, where nothing else says it. */
    characters: z.string().optional(),
  }),
  result: z.object({
    imported: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        samples: z.number().int().min(0),
        /** One sentence for each thing that was left out. */
        problems: z.array(z.string()),
      }),
    ),
    /** One sentence for each dataset of several that could not be imported. */
    failed: z.array(z.string()),
  }),
  progress: z.object({
    /** Samples done, and all that there are as far as is known. */
    done: z.number().min(0),
    total: z.number().min(0),
  }),
});

/** Asks the host which of several datasets at a path are wanted. */
export const chooseParts = call('chooseParts', {
  params: z.object({ names: z.array(z.string()) }),
  result: z.object({ names: z.array(z.string()) }),
});

const graySchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  pixels: z.instanceof(Uint8Array),
});

/** Shows what an import would make of some of the pictures at a path. */
export const previewImport = call('previewImport', {
  params: z.object({
    location: z.string().min(1),
    pictures: pictureOptionsSchema,
    /** Pictures to show at most. */
    most: z.number().int().positive(),
  }),
  result: z.object({
    pictures: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        /** As it is: 0 black to 255 white. */
        original: graySchema.optional(),
        /** As it will be: 0 background to 255 ink. */
        result: graySchema.optional(),
        /** Why it will be left out. */
        problem: z.string().optional(),
      }),
    ),
    /** Pictures that the import will look at. */
    total: z.number().int().min(0),
    problems: z.array(z.string()),
  }),
});

/** Looks through a stored dataset for its report, which is kept beside it. */
export const reportDataset = call('reportDataset', {
  params: z.object({
    /** Its id. */
    dataset: z.string().min(1),
    /** The folder that datasets are stored in. */
    home: z.string().min(1),
  }),
  result: z.null(),
  progress: importData.progress,
});

/** Opens a dataset, to see that it can be; nothing is kept of it. */
export const checkDataset = call('checkDataset', {
  params: z.object({
    /** As on the command line: a dataset's id, or a path. */
    dataset: z.string().min(1),
    /** The folder that datasets are stored in. */
    home: z.string().min(1),
  }),
  result: z.null(),
});
