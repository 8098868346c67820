import type { Split } from '../base/split';
import { DatasetError } from './errors';
import { idOf } from './import/importDataset';
import type { StoredDataset } from './dataset';
import { isOfTexts } from './ofTexts';
import { relabel } from './overlay';
import { pickSamples } from './pick';
import type { Samples } from './samples';
import type { DatasetStore } from './store/datasetStore';
import type { Manifest } from './store/manifest';
import { streamStored } from './store/readStored';
import { inClasses, storeSplits, type StoreSplitsOptions } from './storeSplits';

/** Some samples of a stored split, and the split of a new dataset that they go to. */
export interface Share {
  readonly target: Split;
  readonly from: Split;
  /** Where they stand in the split as it is stored, in any order. */
  readonly places: ArrayLike<number>;
}

export interface DeriveOptions extends StoreSplitsOptions {
  /** What the new dataset is to be called. Its id is made of it. */
  readonly name: string;
  /** Where its samples come from, in words. */
  readonly source: string;
  /** Of the samples whose places are given, where that was before questions; others may stand there since. */
  readonly checksum?: string | undefined;
}

/** Samples that are stored and count: their places ascend, their classes are as they were corrected. */
interface Chosen {
  readonly target: Split;
  readonly labels: Uint16Array;
  readonly stream: () => AsyncIterable<Samples>;
}

/**
 * Makes a new dataset of samples of another, with their corrected labels and without those that are excluded. It keeps
 * the classes of the other, so that a model of these can go on with it; of texts it has those that it holds.
 *
 * @param id of the stored dataset
 * @throws DatasetError where no sample is left, the name is taken, or there are other samples than were chosen from; the signal's reason when it is aborted
 */
export async function deriveDataset(
  id: string,
  shares: readonly Share[],
  { name, source, checksum, signal, onProgress }: DeriveOptions,
  store: DatasetStore,
): Promise<Manifest> {
  const dataset = await store.open(id);
  const manifest = (await store.find(id))?.manifest;
  if (!manifest) throw new DatasetError(`${id} no longer exists: download or import it again.`);
  if (checksum !== undefined && manifest.checksum !== checksum) {
    throw new DatasetError(`${manifest.name} has other samples by now: choose them again.`);
  }
  const chosen: Chosen[] = [];
  for (const share of shares) chosen.push(await choose(dataset, share));
  if (chosen.every(({ labels }) => labels.length === 0))
    throw new DatasetError('All of these samples are excluded: include some of them first.');
  const { kept, classOf } = classesOf(dataset, manifest, chosen);
  const sources = chosen
    .filter(({ labels }) => labels.length > 0)
    .map(({ target, labels, stream }) => ({
      ...{ target, count: labels.length },
      batches: () => inClasses(stream(), classOf),
    }));
  const { kind, height, width, license } = manifest;
  const pick = (names: readonly string[]) => kept.map((index) => names[index] ?? '');
  const about = { name, kind, height, width, source, ...(license !== undefined && { license }) };
  const classes = { classes: pick(dataset.classes), covers: pick(dataset.covers) };
  return storeSplits(idOf(name), { ...about, ...classes }, sources, { signal, onProgress }, store);
}

async function choose({ stored, classes }: StoredDataset, { target, from, places }: Share): Promise<Chosen> {
  const changes = await stored.changes(from);
  const located = await stored.dataset.locate?.(from);
  const loaded = located ? undefined : await stored.dataset.load(from);
  const labels = Uint16Array.from((located ?? loaded)?.labels ?? []);
  const excluded = relabel(labels, changes, classes);
  const chosen = Uint32Array.from(new Set(Array.from(places)))
    .filter((place) => place < labels.length && !excluded.has(place))
    .sort();
  const own = Uint16Array.from(chosen, (place) => labels[place] ?? 0);
  async function* inMemory() {
    if (loaded) yield await Promise.resolve({ ...pickSamples(loaded, chosen), labels: own });
  }
  const stream = () => (located ? streamStored({ ...located, labels: own, places: chosen }) : inMemory());
  return { target, labels: own, stream };
}

/** Which classes the new dataset has, and which of them each of the other's is. */
function classesOf({ classes }: StoredDataset, { kind }: Manifest, chosen: readonly Chosen[]) {
  const all = Array.from(classes.keys());
  const present = new Set(chosen.flatMap(({ labels }) => [...labels]));
  const kept = isOfTexts({ kind, classes }) ? all.filter((index) => present.has(index)) : all;
  const position = new Map(kept.map((index, at) => [index, at]));
  return { kept, classOf: (label: number) => position.get(label) ?? 0 };
}
