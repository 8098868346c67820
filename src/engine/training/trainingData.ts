import { DatasetError } from '../../datasets/errors';
import { relabel } from '../../datasets/overlay';
import { Random } from '../../base/random';
import type { Dataset } from '../../datasets/dataset';
import type { Samples } from '../../datasets/samples';
import { type Split, trainSplitOf } from '../../base/split';
import { samplesChecksum } from '../../datasets/samplesChecksum';
import { holdOut } from '../../datasets/split';
import type { RunSettings } from '../../runs/runSettings';
import { share, type SharedSamples } from './batches/sharedSamples';

/** What a run learns from. */
export interface TrainingData {
  /** All as they are stored, those too that the user excluded. */
  readonly samples: SharedSamples;
  /** Class of every sample, as the user corrected it. */
  readonly labels: Uint16Array;
  /** Samples to learn from. */
  readonly chosen: Uint32Array;
  /** Samples to choose the best weights by. */
  readonly held: Uint32Array;
  /** SHA-256 of the samples as they are stored. */
  readonly checksum: string;
}

/**
 * Opens the train split of a dataset, or all of it where it has no splits, and holds some of it out: which samples,
 * depends on the data as they are stored alone, so that no correction brings one from one part into the other. Pictures
 * of a stored dataset stay on the disk.
 *
 * @throws DatasetError where it cannot be read, is all for testing, or nothing is left to learn from
 */
export async function loadTrainingData(
  dataset: Dataset,
  { validationSplit, limit, seed }: Pick<RunSettings, 'validationSplit' | 'limit' | 'seed'>,
): Promise<TrainingData> {
  const split = learnedSplit(dataset);
  const { samples, shared } = await open(dataset.stored?.dataset ?? dataset, split);
  const { train, validation } = holdOut(samples, validationSplit, seed);
  const labels = Uint16Array.from(samples.labels);
  const changes = (await dataset.stored?.changes(split)) ?? new Map<number, never>();
  const excluded = relabel(labels, changes, dataset.classes);
  const kept = (indices: Uint32Array) => indices.filter((index) => !excluded.has(index));
  const chosen = limited(kept(train), limit, new Random(seed + 1));
  if (chosen.length === 0) {
    throw new DatasetError(
      `No sample of ${dataset.id} is left to learn from: hold fewer out for validation, or take more data.`,
    );
  }
  return {
    samples: shared,
    labels,
    chosen,
    held: kept(validation),
    checksum: dataset.stored?.checksum ?? samplesChecksum(samples),
  };
}

function learnedSplit({ id, officialSplits }: Dataset): Split {
  const split = trainSplitOf(officialSplits);
  if (split === 'train' || !officialSplits.includes('test')) return split;
  throw new DatasetError(
    `${id} has a test split and no train split, and what tests is not learned from: choose other data.`,
  );
}

interface Opened {
  /** Without pixels where they stay on the disk. */
  readonly samples: Samples;
  readonly shared: SharedSamples;
}

async function open(dataset: Dataset, split: Split): Promise<Opened> {
  const stored = await dataset.locate?.(split);
  if (stored?.kind !== 'images') {
    const samples = await dataset.load(split);
    return { samples, shared: share(samples) };
  }
  const { height, width, labels } = stored;
  return {
    samples: { kind: 'images', height, width, labels, pixels: new Uint8Array() },
    shared: { kind: 'stored', split: stored },
  };
}

function limited(indices: Uint32Array, limit: number, random: Random): Uint32Array {
  if (limit <= 0 || limit >= indices.length) return indices;
  return random
    .permutation(indices.length)
    .subarray(0, limit)
    .map((index) => indices[index] ?? 0);
}
