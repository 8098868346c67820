import { parentPort, workerData } from 'node:worker_threads';
import type { ProjectionMethod } from '../../evaluations/projectionFile';
import type { Points } from './points';
import { reduce, type ReductionPhase } from './reduce';

/** What a thread is started with. */
export interface ReductionJob {
  readonly points: Points;
  readonly method: ProjectionMethod;
  readonly seed: number;
}

/** What it tells: how far it is, at last the layout. */
export type ReductionMessage =
  | { readonly phase: ReductionPhase; readonly done: number; readonly total: number }
  | { readonly places: Float32Array };

/** Lays embeddings out beside the thread that answers. */
const { points, method, seed } = workerData as ReductionJob;
const tell = (message: ReductionMessage, moved: ArrayBuffer[] = []) =>
  parentPort?.postMessage(message, moved);
const places = reduce(points, method, seed, (phase, done, total) => tell({ phase, done, total }));
tell({ places }, [places.buffer as ArrayBuffer]);
