import { RequestType } from 'vscode-jsonrpc';
import * as z from 'zod';

/** Takes a TensorFlow.js layers model into the store, once it has recognised something. */
export const importModelParamsSchema = z.object({
  /** The folder of datasets, models and runs. */
  home: z.string().min(1),
  /** Folder of the model that ships with Scrawl. */
  bundled: z.string().min(1),
  /** Holds `model.json` and what it names. */
  folder: z.string().min(1),
  name: z.string().min(1),
  /** What the outputs stand for, in their order. */
  classes: z.array(z.string().min(1)),
});
export type ImportModelParams = z.infer<typeof importModelParamsSchema>;

export const importModelResultSchema = z.object({ id: z.string(), name: z.string() });
export type ImportModelResult = z.infer<typeof importModelResultSchema>;

export const importModelRequest = new RequestType<ImportModelParams, ImportModelResult, void>('importModel');
