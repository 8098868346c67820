import * as z from 'zod';
import type { ModelExportFormat } from '../../models/export/formats';
import { call } from '../rpc';

/** Loads a model (so that the first recognition is quick) and describes it. */
export const describeModel = call('describeModel', {
  params: z.object({ model: z.string().min(1) }),
  result: z.object({ name: z.string(), classes: z.array(z.string()) }),
});

/** Loads a model of characters or of lines, so that the first recognition is quick; fails where that cannot be. */
export const loadModel = call('loadModel', {
  params: z.object({ model: z.string().min(1), lines: z.boolean() }),
  result: z.object({}),
});

/** Takes a TensorFlow.js layers model into the store, once it has recognized something. */
export const importModel = call('importModel', {
  params: z.object({
    /** The folder of datasets, models and runs. */
    home: z.string().min(1),
    /** Folder of the model that ships with Scrawl. */
    bundled: z.string().min(1),
    /** Holds `model.json` and what it names. */
    folder: z.string().min(1),
    name: z.string().min(1),
    /** What the outputs stand for, in their order. */
    classes: z.array(z.string().min(1)),
  }),
  result: z.object({ id: z.string(), name: z.string() }),
});

/** Writes a model for other programs, to a new folder or file. */
export const exportModel = call('exportModel', {
  params: z.object({
    home: z.string().min(1),
    bundled: z.string().min(1),
    /** As the store knows it. */
    model: z.string().min(1),
    format: z.enum(['tfjs', 'keras', 'keras-file', 'onnx'] satisfies ModelExportFormat[]),
    /** The folder, or of a format that is one file the file. */
    out: z.string().min(1),
  }),
  result: z.null(),
});
