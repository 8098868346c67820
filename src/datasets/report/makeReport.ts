import { SPLITS, type Split } from '../../base/split';
import { DatasetError } from '../errors';
import type { ImportProgress } from '../import/watch';
import { isOfTexts } from '../ofTexts';
import { readSplit, type ReadableSplit } from '../readableSplit';
import type { Samples } from '../samples';
import type { DatasetStore } from '../store/datasetStore';
import { ClassPictures } from './classPictures';
import type { DatasetReport } from './datasetReport';
import { findingsIn } from './findings';
import { MeasuredSamples } from './measuredSamples';

/** Samples that are in memory at a time. */
const BATCH = 2048;
/** Values of all mean pictures together; more are neither shown nor compared with. */
const MOST_VALUES = 4 * 2 ** 20;

export interface ReportOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

/**
 * Goes through a stored dataset, as it is without what the user changed: twice where its samples are compared with the
 * mean of their class. Some thirty bytes of each sample are in memory.
 *
 * @throws DatasetError where it is missing or damaged; the signal's reason when it is aborted
 */
export async function makeReport(
  id: string,
  store: DatasetStore,
  { signal, onProgress }: ReportOptions = {},
): Promise<DatasetReport> {
  const { dataset, checksum } = (await store.open(id)).stored;
  const manifest = (await store.find(id))?.manifest;
  if (!manifest) throw new DatasetError(`${id} no longer exists: download or import it again.`);
  const splits = SPLITS.filter((split) => manifest.counts[split]);
  const parts: ReadableSplit[] = [];
  for (const split of splits) parts.push(await readSplit(dataset, split));
  const counts = parts.map(({ labels }) => labels.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const { classes, height, width } = manifest;
  const comparable = !isOfTexts(manifest) && classes.length * height * width <= MOST_VALUES;
  const pictures = comparable ? new ClassPictures(classes.length, height * width) : undefined;
  const measured = new MeasuredSamples(total, pictures);
  const rounds: ((batch: Samples) => void)[] = [
    (batch) => measured.measure(batch),
    ...(pictures ? [(batch: Samples) => measured.compare(batch)] : []),
  ];
  let done = 0;
  for (const take of rounds) {
    for await (const batch of batches(parts)) {
      signal?.throwIfAborted();
      take(batch);
      onProgress?.({ done: (done += batch.labels.length), total: total * rounds.length });
    }
  }
  return {
    version: 1,
    checksum,
    created: new Date().toISOString(),
    findings: findingsIn(measured, splitsOf(splits, counts)),
    ...(pictures && { means: Buffer.from(pictures.means()).toString('base64') }),
  };
}

async function* batches(parts: readonly ReadableSplit[]): AsyncGenerator<Samples> {
  for (const part of parts) yield* part.batches(BATCH);
}

/** The splits, each with the number of its first sample among all. */
function splitsOf(splits: readonly Split[], counts: readonly number[]) {
  let first = 0;
  return splits.map((split, at) => {
    const start = first;
    first += counts[at] ?? 0;
    return { split, first: start };
  });
}
