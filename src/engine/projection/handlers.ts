import * as calls from '../../protocol/engine/projection';
import type { Progress } from '../../protocol/rpc';
import { type Handler, on } from '../../protocol/serve';
import { calmly } from '../evaluation/progress';
import type { LoadedModel } from '../models/loadedModel';
import type { ModelCache } from '../models/modelCache';
import { type ProjectionEvents, projectStored } from './storedProjection';
import { exportEmbeddings } from './tensorBoard/exportEmbeddings';

/** What lays out and exports embeddings. */
export function projectionHandlers(models: ModelCache<LoadedModel>): Handler[] {
  return [
    on(calls.project, async (task, { signal, progress }) => ({
      file: await projectStored(models, task, { signal, onProgress: inPhases(progress) }),
    })),
    on(calls.exportEmbeddings, async (task, { signal, progress }) => ({
      samples: await exportEmbeddings(models, task, { signal, onProgress: calmly(progress) }),
    })),
  ];
}

/** Tells of each phase calmly, its end always. */
function inPhases(
  progress: (progress: Progress<typeof calls.project>) => void,
): ProjectionEvents['onProgress'] {
  let told: { phase: string; tell: (done: number, total: number) => void } | undefined;
  return (phase, done, total) => {
    if (told?.phase !== phase) told = { phase, tell: calmly((now) => progress({ phase, ...now })) };
    told.tell(done, total);
  };
}
