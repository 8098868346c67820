import { RequestType } from 'vscode-jsonrpc';
import * as z from 'zod';
import { candidateSchema, inkSchema, pictureSchema } from './ink';

export { candidateSchema, inkSchema, pointSchema, type Candidate } from './ink';

export const recognizeParamsSchema = z.object({
  /** Folder of the model, absolute. */
  model: z.string().min(1),
  ink: inkSchema,
  /** An alphabet's name or its characters. */
  alphabet: z.string().min(1),
  /** How many candidates to give at most. */
  top: z.number().int().min(1).max(100),
  /** Width of the pen in the ink's unit, where it is known: dots become blobs, small characters bolder. */
  penWidth: z.number().positive().optional(),
  /** The folder of datasets, to give the characters that only the person's own handwriting has. */
  home: z.string().min(1).optional(),
});
export type RecognizeParams = z.infer<typeof recognizeParamsSchema>;

export const recognizeResultSchema = z.object({
  /** Most likely first; probabilities are renormalised over the alphabet. */
  candidates: z.array(candidateSchema),
  picture: pictureSchema,
  /** Time in the engine, rasterising included. */
  milliseconds: z.number(),
});
export type RecognizeResult = z.infer<typeof recognizeResultSchema>;

/** A picture made as the network takes it. */
export const recognizePictureParamsSchema = recognizeParamsSchema
  .omit({ ink: true, penWidth: true })
  .extend({ picture: pictureSchema });
export type RecognizePictureParams = z.infer<typeof recognizePictureParamsSchema>;

export const modelParamsSchema = z.object({ model: z.string().min(1) });
export type ModelParams = z.infer<typeof modelParamsSchema>;

export const modelInfoSchema = z.object({ name: z.string(), classes: z.array(z.string()) });
export type ModelInfo = z.infer<typeof modelInfoSchema>;

/** Recognises one character; cancelled requests end with the JSON-RPC code RequestCancelled. */
export const recognizeRequest = new RequestType<RecognizeParams, RecognizeResult, void>('recognize');

/** Recognises the character of a picture. */
export const recognizePictureRequest = new RequestType<RecognizePictureParams, RecognizeResult, void>(
  'recognizePicture',
);

/** Loads a model (so that the first recognition is quick) and describes it. */
export const modelRequest = new RequestType<ModelParams, ModelInfo, void>('model');

/** JSON-RPC error code of a request that ended unanswered because it was cancelled (as in LSP). */
export const REQUEST_CANCELLED_CODE = -32800;

/** JSON-RPC error code of a ScrawlError: its message is one sentence for the user, with what to do next. */
export const USER_ERROR_CODE = -32001;
