import type { MessageConnection } from 'vscode-jsonrpc/node';
import { evaluationProgressNotification } from '../../protocol/evaluation';
import {
  exportEmbeddingsParamsSchema,
  exportEmbeddingsRequest,
  projectionParamsSchema,
  projectionProgressNotification,
  projectionRequest,
} from '../../protocol/projection';
import type { Answer } from '../evaluation/handlers';
import { calmly } from '../evaluation/progress';
import type { ModelCache } from '../models/modelCache';
import { type ProjectionEvents, projectStored } from './storedProjection';
import { exportEmbeddings } from './tensorBoard/exportEmbeddings';

/** Answers the requests of `protocol/projection`. */
export function answerProjection(connection: MessageConnection, models: ModelCache, answer: Answer): void {
  connection.onRequest(projectionRequest, (params, token) =>
    answer(projectionParamsSchema, params, token, async ({ id, ...task }, signal) => ({
      file: await projectStored(models, task, { signal, onProgress: phases(connection, id) }),
    })),
  );
  connection.onRequest(exportEmbeddingsRequest, (params, token) =>
    answer(exportEmbeddingsParamsSchema, params, token, async ({ id, ...task }, signal) => {
      const onProgress = calmly((progress) => {
        void connection.sendNotification(evaluationProgressNotification, { id, ...progress });
      });
      return { samples: await exportEmbeddings(models, task, { signal, onProgress }) };
    }),
  );
}

/** Tells of each phase calmly, its end always. */
function phases(connection: MessageConnection, id: string): ProjectionEvents['onProgress'] {
  let told: { phase: string; tell: (done: number, total: number) => void } | undefined;
  return (phase, done, total) => {
    if (told?.phase !== phase) {
      const tell = calmly((progress) => {
        void connection.sendNotification(projectionProgressNotification, {
          id,
          phase,
          done: progress.done,
          total: progress.total,
        });
      });
      told = { phase, tell };
    }
    told.tell(done, total);
  };
}
