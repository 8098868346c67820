import { NotificationType, RequestType } from 'vscode-jsonrpc';
import * as z from 'zod';
import { previewedPictureSchema, pictureOptionsSchema } from './importPreview';

/** JSON-RPC error code of an import whose labels are numbers of unknown meaning: asked again with `characters` it can be done. */
export const UNKNOWN_CLASSES_CODE = -32002;

/** How a person's own data become datasets. */
export const importParamsSchema = z.object({
  /** A folder or file, absolute. */
  location: z.string().min(1),
  /** The folder that datasets are stored in. */
  home: z.string().min(1),
  name: z.string().min(1),
  /** Of pictures, where the location holds some. */
  pictures: pictureOptionsSchema.optional(),
  /** What the labels 0, 1, 2 and so on stand for, where nothing else says it. */
  characters: z.string().optional(),
});
export type ImportParams = z.infer<typeof importParamsSchema>;

export const importResultSchema = z.object({
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
});
export type ImportResult = z.infer<typeof importResultSchema>;

export const previewParamsSchema = z.object({
  location: z.string().min(1),
  pictures: pictureOptionsSchema,
  /** Pictures to show at most. */
  most: z.number().int().positive(),
});
export type PreviewParams = z.infer<typeof previewParamsSchema>;

export const previewResultSchema = z.object({
  pictures: z.array(previewedPictureSchema),
  /** Pictures that the import will look at. */
  total: z.number().int().min(0),
  problems: z.array(z.string()),
});
export type PreviewResult = z.infer<typeof previewResultSchema>;

export const openParamsSchema = z.object({
  /** As on the command line: a dataset's id, or a path. */
  dataset: z.string().min(1),
  /** The folder that datasets are stored in. */
  home: z.string().min(1),
});
export type OpenParams = z.infer<typeof openParamsSchema>;

/** Opens a dataset, to see that it can be; nothing is kept of it. */
export const openRequest = new RequestType<OpenParams, null, void>('open');

/** Imports what lies at a path; cancelled requests end with the JSON-RPC code RequestCancelled. */
export const importRequest = new RequestType<ImportParams, ImportResult, void>('import');

/** Shows what an import would make of some of the pictures at a path. */
export const previewRequest = new RequestType<PreviewParams, PreviewResult, void>('preview');

export const partsSchema = z.object({ names: z.array(z.string()) });
export type Parts = z.infer<typeof partsSchema>;

/** Asks the host which of several datasets at a path are wanted. */
export const choosePartsRequest = new RequestType<Parts, Parts, void>('chooseParts');

export const importProgressSchema = z.object({
  /** Samples done, and all that there are as far as is known. */
  done: z.number().min(0),
  total: z.number().min(0),
});
export type ImportedSoFar = z.infer<typeof importProgressSchema>;

export const importProgress = new NotificationType<ImportedSoFar>('importProgress');
