import { RequestType } from 'vscode-jsonrpc';
import { z } from 'zod';

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

export const recognizeParamsSchema = z.object({
  /** Folder of the model, absolute. */
  model: z.string().min(1),
  ink: inkSchema,
  /** An alphabet's name or its characters. */
  alphabet: z.string().min(1),
  /** How many candidates to give at most. */
  top: z.number().int().min(1).max(100),
});
export type RecognizeParams = z.infer<typeof recognizeParamsSchema>;

export const recognizeResultSchema = z.object({
  /** Most likely first; probabilities are renormalised over the alphabet. */
  candidates: z.array(candidateSchema),
  /** What the network saw: grey values 0 (background) to 255 (ink), row by row. */
  picture: z.object({ width: z.number().int(), height: z.number().int(), pixels: z.array(z.number()) }),
  /** Time in the engine, rasterising included. */
  milliseconds: z.number(),
});
export type RecognizeResult = z.infer<typeof recognizeResultSchema>;

export const modelParamsSchema = z.object({ model: z.string().min(1) });
export type ModelParams = z.infer<typeof modelParamsSchema>;

export const modelInfoSchema = z.object({ name: z.string(), classes: z.array(z.string()) });
export type ModelInfo = z.infer<typeof modelInfoSchema>;

export const backendInfoSchema = z.object({
  name: z.string(),
  available: z.boolean(),
  /** Device name where available, else why not and what to do. */
  detail: z.string(),
  /** Threads the backend computes on, where it knows. */
  threads: z.number().int().optional(),
  /** What `auto` takes. */
  chosen: z.boolean(),
});
export type BackendInfo = z.infer<typeof backendInfoSchema>;

/** Recognises one character; cancelled requests end with the JSON-RPC code RequestCancelled. */
export const recognizeRequest = new RequestType<RecognizeParams, RecognizeResult, void>('recognize');

/** Loads a model (so that the first recognition is quick) and describes it. */
export const modelRequest = new RequestType<ModelParams, ModelInfo, void>('model');

export const backendsRequest = new RequestType<void, BackendInfo[], void>('backends');

/** JSON-RPC error code of a ScrawlError: its message is one sentence for the user, with what to do next. */
export const USER_ERROR_CODE = -32001;
