import { setImmediate } from 'node:timers/promises';
import { picturesOf, sizeOf } from '../../datasets/pictures';
import { sampleCount, type Samples } from '../../datasets/samples';
import { Predictions } from '../../evaluations/predictions';
import type { LoadedModel } from '../models/loadedModel';

/** Pictures that are computed at once: few enough that a recognition in between waits for a moment only. */
const BATCH = 128;

/** Where long work tells how far it is, and where it is stopped. */
export interface WorkEvents {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * What a model says of every sample. Other work of the process has its turn after each batch.
 *
 * @throws the signal's reason when it is aborted
 */
export async function predict(
  model: LoadedModel,
  samples: Samples,
  events: WorkEvents = {},
): Promise<Predictions> {
  const predictions = Predictions.empty(sampleCount(samples), model.card.classes.length);
  const inkSide = model.card.preprocessing.height;
  const { height, width } = sizeOf(samples, inkSide);
  const size = { height, width };
  await inBatches(sampleCount(samples), BATCH, events, async (batch, from) => {
    const pixels = picturesOf(samples, batch, inkSide);
    predictions.write(from, await model.probabilities({ pixels, count: batch.length, ...size }));
  });
  return predictions;
}

/** Does work on the numbers from 0 to `total`, some at a time. */
export async function inBatches(
  total: number,
  size: number,
  { signal, onProgress }: WorkEvents,
  work: (batch: readonly number[], from: number) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < total; from += size) {
    await setImmediate();
    signal?.throwIfAborted();
    const batch = Array.from({ length: Math.min(size, total - from) }, (_, index) => from + index);
    await work(batch, from);
    onProgress?.(from + batch.length, total);
  }
}
