import { createHash } from 'node:crypto';
import { Random } from '../../datasets/random';
import type { Dataset, Samples } from '../../datasets/samples';
import { holdOut } from '../../datasets/split';
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
 * Reads the train split of a dataset, or all of it where it has no splits, and holds some of it out.
 *
 * @throws DatasetError where it cannot be read
 */
export async function loadTrainingData(
  dataset: Dataset,
  { validationSplit, limit, seed }: RunSettings,
): Promise<TrainingData> {
  const samples = await dataset.load(dataset.officialSplits.includes('train') ? 'train' : 'all');
  const { train, validation } = holdOut(samples, validationSplit, seed);
  return {
    samples: share(samples),
    labels: samples.labels,
    chosen: limited(train, limit, new Random(seed + 1)),
    held: validation,
    checksum: checksumOf(samples),
  };
}

function limited(indices: Uint32Array, limit: number, random: Random): Uint32Array {
  if (limit <= 0 || limit >= indices.length) return indices;
  return random
    .permutation(indices.length)
    .subarray(0, limit)
    .map((index) => indices[index] ?? 0);
}

function checksumOf(samples: Samples): string {
  const hash = createHash('sha256').update(samples.labels);
  if (samples.kind === 'images') hash.update(samples.pixels);
  else for (const ink of samples.inks) hash.update(JSON.stringify(ink));
  return hash.digest('hex');
}
