import { createHash } from 'node:crypto';
import { Random } from '../../datasets/random';
import type { Dataset, Samples, Split } from '../../datasets/samples';
import { holdOut } from '../../datasets/split';
import { streamStored } from '../../datasets/storedSplit';
import type { RunSettings } from '../../models/runSettings';
import { share, type SharedSamples } from './batches/sharedSamples';

/** What a run learns from. */
export interface TrainingData {
  readonly samples: SharedSamples;
  /** Class of every sample. */
  readonly labels: Uint16Array;
  /** Samples to learn from. */
  readonly chosen: Uint32Array;
  /** Samples to choose the best weights by. */
  readonly held: Uint32Array;
  /** SHA-256 of the samples. */
  readonly checksum: string;
}

/**
 * Opens the train split of a dataset, or all of it where it has no splits, and holds some of it out. Pictures of a
 * stored dataset stay on the disk.
 *
 * @throws DatasetError where it cannot be read
 */
export async function loadTrainingData(
  dataset: Dataset,
  { validationSplit, limit, seed }: RunSettings,
): Promise<TrainingData> {
  const split = dataset.officialSplits.includes('train') ? 'train' : 'all';
  const { samples, shared, checksum } = await open(dataset, split);
  const { train, validation } = holdOut(samples, validationSplit, seed);
  return {
    samples: shared,
    labels: samples.labels,
    chosen: limited(train, limit, new Random(seed + 1)),
    held: validation,
    checksum,
  };
}

interface Opened {
  /** Without pixels where they stay on the disk. */
  readonly samples: Samples;
  readonly shared: SharedSamples;
  readonly checksum: string;
}

async function open(dataset: Dataset, split: Split): Promise<Opened> {
  const stored = await dataset.locate?.(split);
  if (stored?.kind !== 'images') {
    const samples = await dataset.load(split);
    return { samples, shared: share(samples), checksum: await checksumOf(samples.labels, [samples]) };
  }
  const { height, width, labels } = stored;
  return {
    samples: { kind: 'images', height, width, labels, pixels: new Uint8Array() },
    shared: { kind: 'stored', split: stored },
    checksum: await checksumOf(labels, streamStored(stored)),
  };
}

function limited(indices: Uint32Array, limit: number, random: Random): Uint32Array {
  if (limit <= 0 || limit >= indices.length) return indices;
  return random
    .permutation(indices.length)
    .subarray(0, limit)
    .map((index) => indices[index] ?? 0);
}

async function checksumOf(
  labels: Uint16Array,
  batches: Iterable<Samples> | AsyncIterable<Samples>,
): Promise<string> {
  const hash = createHash('sha256').update(labels);
  for await (const samples of batches) {
    if (samples.kind === 'images') hash.update(samples.pixels);
    else for (const ink of samples.inks) hash.update(JSON.stringify(ink));
  }
  return hash.digest('hex');
}
