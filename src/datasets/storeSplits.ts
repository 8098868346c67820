import { type Split, SPLITS } from '../base/split';
import { watch, type ImportProgress } from './import/watch';
import type { Samples } from './samples';
import type { DatasetStore } from './store/datasetStore';
import type { Manifest } from './store/manifest';

/** Samples of another dataset, and the split of the new one that they go to. */
export interface Source {
  readonly target: Split;
  readonly count: number;
  /** With the classes of the new dataset. */
  readonly batches: () => AsyncIterable<Samples>;
}

export interface StoreSplitsOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

/**
 * Writes a new dataset of samples that others have, split by split.
 *
 * @throws DatasetError where its id is taken; the signal's reason when it is aborted
 */
export function storeSplits(
  id: string,
  about: Omit<Parameters<DatasetStore['write']>[1], 'officialSplits'>,
  sources: readonly Source[],
  { signal, onProgress }: StoreSplitsOptions,
  store: DatasetStore,
): Promise<Manifest> {
  const targets = SPLITS.filter((split) => sources.some(({ target }) => target === split));
  const total = sources.reduce((sum, { count }) => sum + count, 0);
  const progress = { done: 0 };
  const splits = targets.map((split) => {
    const own = sources.filter(({ target }) => target === split);
    return watch({ split, batches: joined(own) }, total, progress, signal, onProgress);
  });
  const officialSplits = targets.filter((split) => split !== 'all');
  return store.write(id, { ...about, officialSplits }, splits, signal);
}

async function* joined(sources: readonly Source[]): AsyncGenerator<Samples> {
  for (const { batches } of sources) yield* batches();
}

/** Batches with each of their classes as one of another dataset. */
export async function* inClasses(
  batches: AsyncIterable<Samples>,
  classOf: (label: number) => number,
): AsyncGenerator<Samples> {
  for await (const batch of batches) yield { ...batch, labels: batch.labels.map(classOf) };
}
