import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ModelError } from '../../models/errors';
import { bundledScript } from '../bundledScript';
import type { ReductionReport } from './reduce';
import type { ReductionJob, ReductionMessage } from './main';

interface ReductionEvents {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ReductionReport | undefined;
}

/**
 * Lays embeddings out in a thread of its own, which ends with the work or with the signal.
 *
 * @returns [count, 2], each number -1 to 1
 * @throws ModelError where the thread fails; the signal's reason when it is aborted
 */
export async function reduceInThread(
  job: ReductionJob,
  { signal, onProgress }: ReductionEvents = {},
): Promise<Float32Array> {
  signal?.throwIfAborted();
  const thread = new Worker(bundledScript('projectionThread.js'), { workerData: job });
  let places: Float32Array | undefined;
  thread.on('message', (message: ReductionMessage) => {
    if ('places' in message) places = message.places;
    else onProgress?.(message.phase, message.done, message.total);
  });
  const stop = () => void thread.terminate();
  signal?.addEventListener('abort', stop);
  try {
    await once(thread, 'exit');
  } catch (cause) {
    throw new ModelError('The samples could not be laid out: choose fewer of them.', { cause });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  signal?.throwIfAborted();
  if (!places) throw new ModelError('The samples could not be laid out: choose fewer of them.');
  return places;
}
