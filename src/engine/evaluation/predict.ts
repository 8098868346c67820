import { setImmediate } from 'node:timers/promises';
import { picturesOf, sizeOf } from '../../datasets/pictures';
import { sampleCount, type Samples } from '../../datasets/samples';
import { Predictions } from '../../evaluations/predictions';
import type { LoadedModel, PictureBatch } from '../models/loadedModel';

/** Pictures that are computed at once: few enough that a recognition in between waits for a moment only. */
const BATCH = 64;

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
    const pictures = { pixels: picturesOf(samples, batch, inkSide), count: batch.length, ...size };
    predictions.write(from, await probabilitiesOf(model, samples, batch, pictures));
  });
  return predictions;
}

function probabilitiesOf(
  model: LoadedModel,
  samples: Samples,
  chosen: readonly number[],
  pictures: PictureBatch,
): Promise<Float32Array> {
  if (samples.kind !== 'ink' || !model.inkProbabilities) return model.probabilities(pictures);
  const inks = chosen.map((index) => ({
    ink: samples.inks[index] ?? [],
    penWidth: samples.penWidths[index],
  }));
  return model.inkProbabilities(inks, pictures);
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
