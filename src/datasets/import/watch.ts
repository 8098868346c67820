import { sampleCount } from '../samples';
import type { SplitStream } from './datasetWriter';

/** Samples done, and all that there are as far as is known. */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

/** Passes batches on, says how far it is, and ends when it is told to. */
export function watch(
  { split, batches }: SplitStream,
  total: number,
  progress: { done: number },
  signal: AbortSignal | undefined,
  onProgress: ((progress: ImportProgress) => void) | undefined,
): SplitStream {
  async function* watched() {
    for await (const batch of batches) {
      signal?.throwIfAborted();
      yield batch;
      progress.done += sampleCount(batch);
      onProgress?.({ done: progress.done, total });
    }
  }
  return { split, batches: watched() };
}
