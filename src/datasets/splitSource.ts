import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { openDataset } from './open';
import { applyChanges, type SampleChange } from './overlay';
import { pickSamples } from './pick';
import type { Dataset, Samples, Split } from './samples';
import { holdOut } from './split';
import { DatasetStore } from './store';

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
 * @param heldOut how a validation part is made where the dataset has none of its own
 * @throws DatasetError where there is no such dataset, or it has no such split
 */
export async function openSplit(
  reference: string,
  home: string,
  wanted?: Split,
  heldOut?: HeldOut,
): Promise<SplitSource> {
  const source = await openWhole(reference, home);
  const { dataset } = source;
  const split = wanted ?? (dataset.officialSplits.includes('test') ? 'test' : 'all');
  const takesPart = split === 'validation' && heldOut && !dataset.officialSplits.includes('validation');
  if (!takesPart) {
    const load = async () => {
      const samples = await source.load(split);
      return { samples, places: Uint32Array.from(samples.labels.keys()) };
    };
    return { ...(await source.describe(split)), dataset, split, of: split, part: '', load };
  }
  const of = dataset.officialSplits.includes('train') ? 'train' : 'all';
  const described = await source.describe(of);
  const drawn = JSON.stringify([...described.changes].sort(([a], [b]) => a - b));
  const part = `${String(heldOut.fraction)} ${String(heldOut.seed)} ${sha256(drawn).slice(0, 16)}`;
  const load = async () => {
    const samples = await source.load(of);
    const places = heldOutPlaces(samples, described.changes, dataset.classes, heldOut);
    return { samples: pickSamples(samples, places), places };
  };
  return { ...described, dataset, split, of, part, load };
}

interface Whole {
  readonly dataset: Dataset;
  load(split: Split): Promise<Samples>;
  describe(split: Split): Promise<Pick<SplitSource, 'checksum' | 'changes'>>;
}

async function openWhole(reference: string, home: string): Promise<Whole> {
  const store = new DatasetStore(home);
  const manifest = existsSync(reference) ? undefined : (await store.find(reference))?.manifest;
  if (manifest) {
    const dataset = await store.open(reference, { untouched: true });
    const describe = async (split: Split) => ({
      checksum: manifest.checksum,
      changes: await store.changes(reference, split),
    });
    return { dataset, describe, load: (split) => dataset.load(split) };
  }
  return openUnstored(await openDataset(reference, home));
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
    checksum: checksumOf(await load(split)),
    changes: new Map<number, SampleChange>(),
  });
  return { dataset, load, describe };
}

/** Those that training holds out, which does not see what is excluded, and sees the corrected labels. */
function heldOutPlaces(
  samples: Samples,
  changes: SplitSource['changes'],
  classes: readonly string[],
  { fraction, seed }: HeldOut,
): Uint32Array {
  const seen = Uint32Array.from(samples.labels.keys()).filter(
    (place) => changes.get(place)?.excluded !== true,
  );
  const { validation } = holdOut(applyChanges(samples, changes, classes), fraction, seed);
  return validation.map((index) => seen[index] ?? 0);
}

/** SHA-256 of samples. */
function checksumOf(samples: Samples): string {
  const { buffer, byteOffset, byteLength } = samples.labels;
  const hash = createHash('sha256').update(new Uint8Array(buffer, byteOffset, byteLength));
  if (samples.kind === 'images') hash.update(samples.pixels);
  else for (const ink of samples.inks) hash.update(JSON.stringify(ink));
  return hash.digest('hex');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
