import { countOf, readLabels, samplesFile, storedSplits } from './cache';
import { DatasetError } from '../errors';
import type { Manifest } from './manifest';
import { changesOf, relabel, type Overlay, type SampleChange } from '../overlay';
import type { Samples } from '../samples';
import { SPLITS, type Split } from '../../base/split';

/**
 * A split of a stored dataset without its samples, which stay on the disk. It is plain data: sent to worker threads it
 * shares the memory of its arrays, and each thread reads for itself (`PictureReader`).
 */
export interface StoredSplit {
  /** Of the dataset, for messages. */
  readonly name: string;
  readonly kind: Samples['kind'];
  readonly height: number;
  readonly width: number;
  /** Files that hold the samples one behind the other, and how many each. */
  readonly parts: readonly { readonly file: string; readonly count: number }[];
  /** Index of the class of each sample, as relabeled; those that are excluded are not among them. */
  readonly labels: Uint16Array;
  /** Where each of these samples stands in the files, ascending; undefined where none is excluded. */
  readonly places: Uint32Array | undefined;
}

/**
 * Finds a split of a stored dataset, and what was changed of it. Only its labels are read.
 *
 * @param split `all` of a dataset with splits of its own is all of them
 * @throws DatasetError where there is no such split, or a file is missing or not as the manifest says
 */
export async function findStored(
  folder: string,
  manifest: Manifest,
  split: Split,
  overlay: Overlay,
): Promise<StoredSplit> {
  const { name, kind, height, width } = manifest;
  const splits = partsOf(manifest, split);
  const labels = await readLabels(folder, manifest, splits);
  const excluded = relabel(labels, changesIn(manifest, split, overlay), manifest.classes);
  const parts = splits.map((each) => ({ file: samplesFile(folder, each), count: countOf(manifest, each) }));
  const all = { name, kind, height, width, parts };
  if (excluded.size === 0) return { ...all, labels, places: undefined };
  const places = new Uint32Array(new SharedArrayBuffer(4 * (labels.length - excluded.size)));
  const kept = new Uint16Array(new SharedArrayBuffer(2 * places.length));
  let at = 0;
  for (let place = 0; place < labels.length; place++) {
    if (excluded.has(place)) continue;
    places[at] = place;
    kept[at++] = labels[place] ?? 0;
  }
  return { ...all, labels: kept, places };
}

/** The stored splits that one is made of. */
function partsOf(manifest: Manifest, split: Split): Split[] {
  const stored = storedSplits(manifest);
  if (stored.includes(split)) return [split];
  if (split === 'all') return SPLITS.filter((each) => stored.includes(each));
  const there = [...new Set([...stored, 'all'])].join(', ');
  throw new DatasetError(`${manifest.name} has no ${split} split of its own: use ${there}.`);
}

/** The changes of a split by the place of the sample, those of `all` by where their own split begins in it. */
export function changesIn(manifest: Manifest, split: Split, overlay: Overlay): Map<number, SampleChange> {
  const changes = new Map<number, SampleChange>();
  let start = 0;
  for (const part of partsOf(manifest, split)) {
    const count = countOf(manifest, part);
    for (const [index, change] of changesOf(overlay, part)) {
      if (index < count) changes.set(start + index, change);
    }
    start += count;
  }
  return changes;
}

/** Where in a stored split the sample at a place of `split` lies; undefined where there is none. */
export function storedPlace(
  manifest: Manifest,
  split: Split,
  place: number,
): { split: Split; index: number } | undefined {
  let index = place;
  for (const part of partsOf(manifest, split)) {
    const count = countOf(manifest, part);
    if (index < count) return { split: part, index };
    index -= count;
  }
  return undefined;
}
