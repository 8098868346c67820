import { DatasetError } from './errors';
import { idOf } from './import/importDataset';
import type { Manifest } from './store/manifest';
import { openDataset } from './open';
import { readSplit, type ReadableSplit } from './readableSplit';
import type { Dataset } from './dataset';
import type { Split } from '../base/split';
import type { DatasetStore } from './store/datasetStore';
import { inClasses, storeSplits, type StoreSplitsOptions } from './storeSplits';

/** Samples that are in memory at a time. */
const BATCH = 2048;

export interface MergeOptions extends StoreSplitsOptions {
  /** What the new dataset is to be called. Its id is made of it. */
  readonly name: string;
}

/** A split of one of the datasets, and the split of the new one that it goes to. */
interface Source {
  readonly dataset: Dataset;
  readonly target: Split;
  readonly samples: ReadableSplit;
}

/**
 * Makes a new dataset of several of one kind, with the changes that were made to each: the classes of all, and each
 * split of all together. Where only some have splits, the samples of the others are for training.
 *
 * @param references ids of stored datasets, or paths
 * @throws DatasetError where there are fewer than two, or pictures and ink, or pictures of different sizes, are to be
 *   one; the signal's reason when it is aborted
 */
export async function mergeDatasets(
  references: readonly string[],
  { name, ...options }: MergeOptions,
  store: DatasetStore,
): Promise<Manifest> {
  const id = idOf(name);
  if (new Set(references).size !== references.length || references.length < 2) {
    throw new DatasetError('There is nothing to merge: name two datasets or more, each once.');
  }
  const datasets = await Promise.all(references.map((reference) => openDataset(reference, store.home)));
  const sources = await sourcesOf(datasets);
  const { kind, height, width } = sameShape(sources);
  const { classes, covers } = classesOf(datasets);
  const license = await licensesOf(references, store);
  const about = { name, kind, height, width, classes, covers, source: references.join(' + ') };
  const merged = sources.map(({ dataset, target, samples }) => {
    const position = dataset.classes.map((label) => classes.indexOf(label));
    const batches = () => inClasses(samples.batches(BATCH), (label) => position[label] ?? 0);
    return { target, count: samples.labels.length, batches };
  });
  return storeSplits(id, { ...about, ...(license !== '' && { license }) }, merged, options, store);
}

async function sourcesOf(datasets: readonly Dataset[]): Promise<Source[]> {
  const noSplits = datasets.every(({ officialSplits }) => officialSplits.length === 0);
  const sources: Source[] = [];
  for (const dataset of datasets) {
    const own = dataset.officialSplits.length > 0 ? dataset.officialSplits : (['all'] as const);
    for (const split of own) {
      const target = split === 'all' && !noSplits ? 'train' : split;
      sources.push({ dataset, target, samples: await readSplit(dataset, split) });
    }
  }
  return sources;
}

/** What all samples are alike in. */
function sameShape(sources: readonly Source[]): ReadableSplit {
  const [first, ...others] = sources.map(({ dataset: { id }, samples }) => ({ id, ...samples }));
  if (!first) throw new DatasetError('There is nothing to merge.');
  for (const { id, kind, height, width } of others) {
    if (kind !== first.kind) {
      throw new DatasetError(
        'Ink and pictures cannot be one dataset: merge ink with ink, or pictures with pictures.',
      );
    }
    if (height === first.height && width === first.width) continue;
    throw new DatasetError(
      `The pictures of ${id} are ${size(height, width)}, those of ${first.id} ${size(first.height, first.width)}: merge pictures of one size.`,
    );
  }
  return first;
}

const size = (height: number, width: number) => `${String(height)}x${String(width)}`;

/** The classes of all; one that stands for more characters in some dataset stands for all of them. */
function classesOf(datasets: readonly Dataset[]): { classes: string[]; covers: string[] } {
  const covers = new Map<string, Set<string>>();
  for (const dataset of datasets) {
    dataset.classes.forEach((label, index) => {
      const characters = covers.get(label) ?? new Set<string>();
      const covered = dataset.covers[index] ?? label;
      for (const each of covered === label ? [label] : covered) characters.add(each);
      covers.set(label, characters);
    });
  }
  const classes = [...covers.keys()].sort();
  return { classes, covers: classes.map((label) => [...(covers.get(label) ?? label)].join('')) };
}

/** The licenses of all that name one: whoever learns from the new dataset is bound by each. */
async function licensesOf(references: readonly string[], store: DatasetStore): Promise<string> {
  const entries = await Promise.all(references.map((reference) => store.find(reference)));
  return [...new Set(entries.flatMap((entry) => entry?.manifest?.license ?? []))].join('; ');
}
