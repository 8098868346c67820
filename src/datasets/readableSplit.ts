import { sizeOf } from './pictures';
import type { Dataset } from './dataset';
import type { Samples } from './samples';
import type { Split } from '../base/split';
import { streamStored } from './store/readStored';

/** A split whose samples are read from its first to its last. */
export interface ReadableSplit {
  readonly kind: Samples['kind'];
  /** Of its pictures; ink is drawn at the network's input size. */
  readonly height: number;
  readonly width: number;
  /** Index of the class of every sample. */
  readonly labels: Uint16Array;
  /**
   * The samples, at most so many at a time; those of a stored dataset come from the disk as they are asked for.
   *
   * @throws DatasetError where a file is damaged
   */
  readonly batches: (size: number) => AsyncIterable<Samples>;
}

/**
 * Opens a split to go through it once. What is stored is not taken into memory; what was opened by its path is.
 *
 * @throws DatasetError where there is no such split, or it cannot be read
 */
export async function readSplit(dataset: Dataset, split: Split): Promise<ReadableSplit> {
  if (!dataset.locate) {
    const samples = await dataset.load(split);
    const { kind, labels } = samples;
    return { kind, labels, ...sizeOf(samples), batches: (size) => slices(samples, size) };
  }
  const stored = await dataset.locate(split);
  const { kind, height, width, labels } = stored;
  return { kind, height, width, labels, batches: (size) => streamStored(stored, size) };
}

async function* slices(samples: Samples, size: number): AsyncGenerator<Samples> {
  for (let from = 0; from < samples.labels.length; from += size) {
    yield await Promise.resolve(slice(samples, from, from + size));
  }
}

function slice(samples: Samples, from: number, to: number): Samples {
  const labels = samples.labels.subarray(from, to);
  if (samples.kind === 'images') {
    const size = samples.height * samples.width;
    return { ...samples, labels, pixels: samples.pixels.subarray(from * size, to * size) };
  }
  const { inks, penWidths, writers, guides } = samples;
  return {
    kind: 'ink',
    labels,
    inks: inks.slice(from, to),
    penWidths: penWidths.slice(from, to),
    writers: writers.slice(from, to),
    ...(guides && { guides: guides.slice(from, to) }),
  };
}
