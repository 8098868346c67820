import type { CatalogEntry } from '../download/catalog';
import { DatasetError } from '../errors';
import type { NewDataset, SplitStream } from '../import/datasetWriter';
import type { Split } from '../../base/split';
import { writeCache } from './cache';
import { manifestFields, samplesOf, type Manifest } from './manifest';
import { writeManifest } from './manifestFile';

/** Labels are stored in 16 bits. */
const MOST_CLASSES = 65_536;

/** What a manifest says of a dataset before it is written. */
const newDatasetSchema = manifestFields.omit({ id: true, counts: true, checksum: true, bytes: true });

/** A dataset that is to be written under an id. */
export interface DatasetToWrite {
  readonly id: string;
  readonly dataset: NewDataset;
  readonly splits: readonly SplitStream[];
  /** What the id stands for, where it is one of the catalog. */
  readonly catalog: CatalogEntry | undefined;
}

/**
 * Writes a dataset into a folder that is empty.
 *
 * @throws DatasetError where it holds no samples, a sample does not fit, or it is less than its id stands for; the
 *   signal's reason when it is aborted
 */
export async function writeDataset(
  folder: string,
  { id, dataset, splits, catalog }: DatasetToWrite,
  signal?: AbortSignal,
): Promise<Manifest> {
  const counts: Manifest['counts'] = {};
  for (const { split, batches } of splits) {
    counts[split] = await writeCache(folder, split, batches, dataset, signal);
  }
  if (samplesOf({ counts }) === 0) {
    throw new DatasetError(`${dataset.name} holds no samples: nothing is stored.`);
  }
  if (catalog) checkIsWhole(catalog, counts);
  return writeManifest(folder, { ...dataset, id, counts }, undefined, signal);
}

/** @throws DatasetError where no manifest can say it */
export function checkDescription(dataset: NewDataset): void {
  if (dataset.classes.length > MOST_CLASSES) {
    const [have, most] = [dataset.classes.length, MOST_CLASSES].map((count) => count.toLocaleString('en'));
    throw new DatasetError(
      `The data have ${have ?? ''} different labels, and a dataset holds ${most ?? ''} classes: take them in parts.`,
    );
  }
  const [issue] = newDatasetSchema.safeParse(dataset).error?.issues ?? [];
  if (!issue) return;
  const where = `${issue.path.join('.')}: ${issue.message}`;
  throw new DatasetError(
    `The data cannot be described as a dataset (${where}): name or label them otherwise.`,
  );
}

/**
 * Data that came another way than by download may have the id of a dataset of the catalog where they are all of it.
 *
 * @throws DatasetError where they are not
 */
function checkIsWhole({ id, name, samples }: CatalogEntry, counts: Manifest['counts']): void {
  const count = (split: Split) => samplesOf({ counts }, split);
  if (count('train') === samples.train && count('test') === samples.test) return;
  const whole = `${samples.train.toLocaleString('en')} + ${samples.test.toLocaleString('en')} samples`;
  throw new DatasetError(
    `"${id}" stands for the whole of ${name}, ${whole}, and this is not it: choose another name.`,
  );
}
