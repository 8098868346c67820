import { lengthOf } from '../../base/vectors';
import { setImmediate } from 'node:timers/promises';
import type { EmbeddingsFile } from '../../evaluations/embeddingsFile';

/** A sample near another one. */
export interface Neighbor {
  /** Number of the sample in the file. */
  readonly row: number;
  /** 1 less the cosine of the angle between the embeddings, 0 to 2. */
  readonly distance: number;
}

/**
 * The samples whose embeddings point where one points, by looking at all of them; a few megabytes are in memory at a
 * time, and other work of the process has its turn between them.
 *
 * @param except place of the sample itself
 * @throws the signal's reason when it is aborted
 */
export async function nearest(
  file: EmbeddingsFile,
  embedding: Float32Array,
  count: number,
  { except, signal }: { except?: number | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Neighbor[]> {
  const { width } = file.header;
  const length = lengthOf(embedding);
  let best: Neighbor[] = [];
  for await (const chunk of file.chunks()) {
    await setImmediate();
    signal?.throwIfAborted();
    let least = best.length < count ? Infinity : (best.at(-1)?.distance ?? Infinity);
    for (let sample = 0; sample < chunk.count; sample++) {
      const row = chunk.from + sample;
      const distance = 1 - cosine(chunk.values, sample * width, embedding, length);
      if (distance >= least || file.places[row] === except) continue;
      best = [...best, { row, distance }].sort((a, b) => a.distance - b.distance).slice(0, count);
      if (best.length === count) least = best.at(-1)?.distance ?? Infinity;
    }
  }
  return best;
}

/** 0 where one of them is nothing but zeros. */
function cosine(values: Float32Array, start: number, embedding: Float32Array, length: number): number {
  let product = 0;
  let square = 0;
  for (let index = 0; index < embedding.length; index++) {
    const value = values[start + index] ?? 0;
    product += value * (embedding[index] ?? 0);
    square += value * value;
  }
  const lengths = Math.sqrt(square) * length;
  return lengths > 0 ? product / lengths : 0;
}
