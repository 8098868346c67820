import { parentPort, workerData } from 'node:worker_threads';
import { BatchMaker, type BatchRequest, type BatchSource } from './batchMaker';

/** What a thread is asked, and what it answers: the batch, or nothing where it could not be made. */
export interface ThreadRequest extends BatchRequest {
  readonly id: number;
}
export interface ThreadAnswer {
  readonly id: number;
  readonly batch?: Float32Array | undefined;
}

/** Makes batches beside the thread that computes. */
const maker = new BatchMaker(workerData as BatchSource);
parentPort?.on('message', (request: ThreadRequest) => {
  const answer = tryMake(request);
  parentPort?.postMessage(answer, answer.batch ? [answer.batch.buffer as ArrayBuffer] : []);
});

function tryMake(request: ThreadRequest): ThreadAnswer {
  try {
    return { id: request.id, batch: maker.make(request) };
  } catch {
    // whoever asked makes it too, and gets the error as it is
    return { id: request.id };
  }
}
