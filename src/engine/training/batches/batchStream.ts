import type { BatchRequest } from './batchMaker';
import type { BatchThreads } from './batchThreads';

/** A batch's pictures, with what they were made of. */
export interface MadeBatch {
  readonly indices: Uint32Array;
  /** [indices, side, side, 1], 0 to 1. */
  readonly x: Float32Array;
}

/** Time that the taker waited for batches, in milliseconds. */
export interface Waiting {
  milliseconds: number;
}

/**
 * Gives the batches of an order one after the other, with some asked for ahead. At most `threads.depth` are in memory.
 *
 * @param from the first batch, for an order that was begun before
 * @param epoch makes the variation of the samples; without it they stay as they are
 * @param waiting counts the time that whoever takes the batches had to wait
 */
export async function* batchesOf(
  threads: BatchThreads,
  order: Uint32Array,
  batchSize: number,
  { from = 0, epoch, waiting }: { from?: number; epoch?: number; waiting?: Waiting } = {},
): AsyncGenerator<MadeBatch> {
  const count = Math.ceil(order.length / batchSize);
  const ahead: { indices: Uint32Array; x: Promise<Float32Array> }[] = [];
  let asked = from;
  for (let batch = from; batch < count; batch++) {
    while (asked < count && ahead.length < threads.depth) {
      const indices = order.slice(asked * batchSize, (asked + 1) * batchSize);
      const variation = epoch === undefined ? undefined : { epoch, batch: asked };
      ahead.push(ask(threads, { indices, variation }));
      asked++;
    }
    const next = ahead.shift();
    if (!next) return;
    const started = performance.now();
    const x = await next.x;
    if (waiting) waiting.milliseconds += performance.now() - started;
    yield { indices: next.indices, x };
  }
}

function ask(threads: BatchThreads, request: BatchRequest) {
  const x = threads.make(request);
  // the batches behind one that fails are never awaited
  x.catch(() => undefined);
  return { indices: request.indices, x };
}
