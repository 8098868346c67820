import path from 'node:path';
import { openDataset } from './open';
import type { SampleChange } from './overlay';
import { pickSamples } from './pick';
import type { Dataset } from './dataset';
import type { Samples } from './samples';
import { type Split, trainSplitOf } from '../base/split';
import { samplesChecksum } from './samplesChecksum';
import { holdOut } from './split';
import { DatasetStore } from './store/datasetStore';

/** How a training holds a validation part out: the share of the samples, and what draws them. */
export interface HeldOut {
  readonly fraction: number;
  readonly seed: number;
}

/** Samples with the place of each in the split as it is stored. */
export interface PlacedSamples {
  readonly samples: Samples;
  /** Ascending. */
  readonly places: Uint32Array;
}

/** A split as it is stored, and apart from it what the user changed. */
export interface SplitSource {
  readonly dataset: Dataset;
  /** What people call the dataset: never a path. */
  readonly name: string;
  readonly split: Split;
  /** SHA-256 of the dataset, without the changes. */
  readonly checksum: string;
  /** The split that places count in: `train` for a validation part that is held out of it. */
  readonly of: Split;
  /** Says which part of `of` it is, where it is not all. */
  readonly part: string;
  readonly changes: ReadonlyMap<number, SampleChange>;
  /** Reads the samples as they are stored, those too that the user excluded. */
  load(): Promise<PlacedSamples>;
}

/**
 * Opens a split so that what is computed of its samples stays true whatever the user changes in it.
 *
 * @param wanted the test split where the dataset has one, else all samples, unless another is named
 * @param heldOutOf how a validation part is made of a dataset that has none of its own
 * @throws DatasetError where there is no such dataset, or it has no such split
 */
export async function openSplit(
  reference: string,
  home: string,
  wanted?: Split,
  heldOutOf?: (dataset: { readonly id: string; readonly checksum: string }) => HeldOut | undefined,
): Promise<SplitSource> {
  const source = await openWhole(reference, home);
  const { dataset, name } = source;
  const split = wanted ?? (dataset.officialSplits.includes('test') ? 'test' : 'all');
  if (split === 'validation' && heldOutOf && !dataset.officialSplits.includes('validation')) {
    const of = trainSplitOf(dataset.officialSplits);
    const described = await source.describe(of);
    const heldOut = heldOutOf({ id: dataset.id, checksum: described.checksum });
    if (heldOut) return { ...described, dataset, name, split, of, ...partOf(() => source.load(of), heldOut) };
  }
  const load = async () => {
    const samples = await source.load(split);
    return { samples, places: Uint32Array.from(samples.labels.keys()) };
  };
  return { ...(await source.describe(split)), dataset, name, split, of: split, part: '', load };
}

/** What a training held out: it draws from the samples as they are stored, whatever the user changed in them since. */
function partOf(
  loadAll: () => Promise<Samples>,
  { fraction, seed }: HeldOut,
): Pick<SplitSource, 'part' | 'load'> {
  const load = async () => {
    const samples = await loadAll();
    const places = holdOut(samples, fraction, seed).validation;
    return { samples: pickSamples(samples, places), places };
  };
  return { part: `${String(fraction)} ${String(seed)}`, load };
}

interface Whole {
  readonly dataset: Dataset;
  readonly name: string;
  load(split: Split): Promise<Samples>;
  describe(split: Split): Promise<Pick<SplitSource, 'checksum' | 'changes'>>;
}

async function openWhole(reference: string, home: string): Promise<Whole> {
  const opened = await openDataset(reference, home);
  if (!opened.stored) return openUnstored(opened);
  const { dataset, checksum, changes } = opened.stored;
  const describe = async (split: Split) => ({ checksum, changes: await changes(split) });
  const name = (await new DatasetStore(home).find(dataset.id))?.name ?? dataset.id;
  return { dataset, name, describe, load: (split) => dataset.load(split) };
}

/** What is not stored has no checksum of its own: its samples are read for one. */
function openUnstored(dataset: Dataset): Whole {
  const loaded = new Map<Split, Promise<Samples>>();
  const load = (split: Split) => {
    const samples = loaded.get(split) ?? dataset.load(split);
    loaded.set(split, samples);
    return samples;
  };
  const describe = async (split: Split) => ({
    checksum: samplesChecksum(await load(split)),
    changes: new Map<number, SampleChange>(),
  });
  return { dataset, name: path.basename(dataset.id), load, describe };
}
