import { NotificationType, RequestType } from 'vscode-jsonrpc';
import * as z from 'zod';
import type { ProjectionMethod } from '../models/projectionFile';
import { embeddingsParamsSchema } from './evaluation';

/** How embeddings are laid out in the plane. */
export const PROJECTION_METHODS = ['umap', 'tsne'] as const satisfies readonly ProjectionMethod[];

/** Samples that are laid out unless another number is asked for: seconds, not minutes. */
export const USUAL_PROJECTED = 2000;
/** Samples that can be laid out: more of them take many minutes. */
export const MOST_PROJECTED = 20_000;

/** What the work is at: computing embeddings (samples), looking for neighbours (samples), laying out (steps). */
export const PROJECTION_PHASES = ['embedding', 'neighbours', 'layout'] as const;
export type ProjectionPhase = (typeof PROJECTION_PHASES)[number];

/** Sent at most ten times a second while samples are laid out. */
export const projectionProgressSchema = z.object({
  id: z.string(),
  phase: z.enum(PROJECTION_PHASES),
  done: z.number().int(),
  total: z.number().int(),
});
export type ProjectionProgress = z.infer<typeof projectionProgressSchema>;
export const projectionProgressNotification = new NotificationType<ProjectionProgress>('projectionProgress');

export const projectionParamsSchema = embeddingsParamsSchema.extend({
  method: z.enum(PROJECTION_METHODS),
  /** Of a larger split so many samples are taken, evenly spread. */
  most: z.number().int().min(1).max(MOST_PROJECTED),
});
export type ProjectionParams = z.infer<typeof projectionParamsSchema>;

export const projectionResultSchema = z.object({
  /** What `readProjectionFile` reads. */
  file: z.string().min(1),
});
export type ProjectionResult = z.infer<typeof projectionResultSchema>;

/** Lays the samples of a split out by their embeddings; kept on disk. */
export const projectionRequest = new RequestType<ProjectionParams, ProjectionResult, void>('projection');

export const exportEmbeddingsParamsSchema = embeddingsParamsSchema.extend({
  /** An alphabet's name or its characters. */
  alphabet: z.string().min(1),
  /** Takes letters whatever their case, and 0 with O, as one. */
  merged: z.boolean(),
  /** The folder to write, absolute, which must not be there yet. */
  out: z.string().min(1),
});
export type ExportEmbeddingsParams = z.infer<typeof exportEmbeddingsParamsSchema>;

export const exportEmbeddingsResultSchema = z.object({ samples: z.number().int() });
export type ExportEmbeddingsResult = z.infer<typeof exportEmbeddingsResultSchema>;

/** Writes the embeddings of a split as TensorBoard's projector reads them. */
export const exportEmbeddingsRequest = new RequestType<ExportEmbeddingsParams, ExportEmbeddingsResult, void>(
  'exportEmbeddings',
);
