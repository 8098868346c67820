import type { ProjectionMethod } from '../evaluations/projectionFile';

/** How embeddings are laid out in the plane. */
export const PROJECTION_METHODS = ['umap', 'tsne'] as const satisfies readonly ProjectionMethod[];

/** Samples that are laid out unless another number is asked for: seconds, not minutes. */
export const USUAL_PROJECTED = 2000;
/** Samples that can be laid out: more of them take many minutes. */
export const MOST_PROJECTED = 20_000;

/** What the work is at: computing embeddings (samples), looking for neighbors (samples), laying out (steps). */
export const PROJECTION_PHASES = ['embedding', 'neighbors', 'layout'] as const;
export type ProjectionPhase = (typeof PROJECTION_PHASES)[number];
