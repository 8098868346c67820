import { Random } from '../base/random';
import { OFFICIAL_SPLITS, type Split, SPLITS } from '../base/split';
import { counted } from '../base/words';
import { deriveDataset, type DeriveOptions, type Share } from './derive';
import { DatasetError } from './errors';
import { readSplit } from './readableSplit';
import type { DatasetStore } from './store/datasetStore';
import type { Manifest } from './store/manifest';

/** Samples that are in memory at a time. */
const BATCH = 2048;

export interface WriterSplitOptions extends Omit<DeriveOptions, 'source'> {
  /** Share of all samples that test, and that a training is watched by, 0 to 1; whole writers come near to it. */
  readonly test: number;
  readonly validation: number;
  /** Draws the writers. */
  readonly seed?: number;
}

/** What one hand wrote, in each stored split. */
type Written = Map<Split, number[]>;

/**
 * Makes a new dataset of all samples of another, whatever splits that has, in splits of which no two have a writer in
 * common. Samples of unknown hands may be anybody's, and are for training.
 *
 * @param id of the stored dataset
 * @throws DatasetError where too few writers are known; the signal's reason when it is aborted
 */
export async function splitByWriter(
  id: string,
  { test, validation, seed = 0, ...options }: WriterSplitOptions,
  store: DatasetStore,
): Promise<Manifest> {
  const { byWriter, unknown } = await writersOf(id, store, options.signal);
  const total = [...byWriter.values(), unknown].reduce((sum, written) => sum + sizeOf(written), 0);
  const goals = { test: test * total, validation: validation * total };
  const parts = 1 + Object.values(goals).filter((goal) => goal > 0).length;
  if (byWriter.size < parts) {
    const known = byWriter.size === 0 ? 'no writer' : `${counted(byWriter.size, 'writer')} only`;
    throw new DatasetError(`${id} names ${known}: splits by writer need ${String(parts)} or more.`);
  }
  const targets = assign(byWriter, goals, new Random(seed));
  const shares: Share[] = [];
  for (const target of OFFICIAL_SPLITS) {
    const own = [...byWriter]
      .filter(([writer]) => targets.get(writer) === target)
      .map(([, written]) => written);
    shares.push(...sharesOf(target, target === 'train' ? [...own, unknown] : own));
  }
  const counts = OFFICIAL_SPLITS.map((split) => [
    split,
    [...targets.values()].filter((each) => each === split).length,
  ]);
  const hands = counts
    .filter(([, count]) => count !== 0)
    .map(([split, count]) => `${String(count)} ${String(split)}`);
  return deriveDataset(
    id,
    shares,
    { ...options, source: `${id}, split by writer: ${hands.join(' + ')}` },
    store,
  );
}

async function writersOf(id: string, store: DatasetStore, signal: AbortSignal | undefined) {
  const { dataset } = (await store.open(id)).stored;
  const manifest = (await store.find(id))?.manifest;
  const byWriter = new Map<string, Written>();
  const unknown: Written = new Map();
  for (const split of SPLITS.filter((each) => manifest?.counts[each])) {
    let index = 0;
    for await (const batch of (await readSplit(dataset, split)).batches(BATCH)) {
      signal?.throwIfAborted();
      for (const at of batch.labels.keys()) {
        const writer = batch.kind === 'ink' ? batch.writers[at] : undefined;
        const written = writer === undefined ? unknown : (byWriter.get(writer) ?? new Map<Split, number[]>());
        if (writer !== undefined) byWriter.set(writer, written);
        const places = written.get(split) ?? [];
        written.set(split, places);
        places.push(index++);
      }
    }
  }
  return { byWriter, unknown };
}

/**
 * Draws writers for each part, who together wrote no more than its share of all samples: those that would be too many
 * are passed over, and where each is, the part is the one who wrote least. Training has the others.
 */
function assign(
  byWriter: ReadonlyMap<string, Written>,
  goals: Readonly<Record<'test' | 'validation', number>>,
  random: Random,
): Map<string, Split> {
  const names = [...byWriter.keys()].sort();
  const sizes = new Map([...byWriter].map(([writer, written]) => [writer, sizeOf(written)]));
  const size = (writer: string) => sizes.get(writer) ?? 0;
  const targets = new Map<string, Split>();
  let left = Array.from(random.permutation(names.length), (at) => names[at] ?? '');
  const parts = (['test', 'validation'] as const).filter((part) => goals[part] > 0);
  parts.forEach((part, at) => {
    // of those who are left one is for each part to come, and for training
    const most = left.length - (parts.length - at);
    let room = goals[part];
    const taken: string[] = [];
    for (const writer of left) {
      if (taken.length === most || size(writer) > room) continue;
      taken.push(writer);
      room -= size(writer);
    }
    if (taken.length === 0)
      taken.push(left.reduce((least, each) => (size(each) < size(least) ? each : least)));
    for (const writer of taken) targets.set(writer, part);
    left = left.filter((writer) => !targets.has(writer));
  });
  for (const writer of left) targets.set(writer, 'train');
  return targets;
}

const sizeOf = (written: Written): number =>
  [...written.values()].reduce((sum, places) => sum + places.length, 0);

function sharesOf(target: Split, all: readonly Written[]): Share[] {
  return SPLITS.flatMap((from) => {
    const places = all.flatMap((written) => written.get(from) ?? []);
    return places.length > 0 ? [{ target, from, places }] : [];
  });
}
