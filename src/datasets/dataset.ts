import type { SampleChange } from './overlay';
import type { Samples } from './samples';
import type { Split } from '../base/split';
import type { StoredSplit } from './store/storedSplit';

/** A labeled collection of samples on disk. */
export interface Dataset {
  /** The path or the catalog's id that it was opened with. */
  readonly id: string;
  readonly classes: readonly string[];
  /** For each class, the characters that it stands for: "Cc" where a dataset merges the two cases. */
  readonly covers: readonly string[];
  /** The splits that the source itself has. */
  readonly officialSplits: readonly Split[];
  /** One sentence for each file that could not be read and is left out. */
  readonly problems: readonly string[];
  /**
   * Reads one split whole; only the files that it needs are touched.
   *
   * @throws DatasetError where a file is missing, truncated or lies about its contents
   */
  load(split: Split): Promise<Samples>;
  /**
   * Finds one split without reading its samples, to read them as they are needed; stored datasets can do so.
   *
   * @throws DatasetError where a file is missing or truncated
   */
  locate?(split: Split): Promise<StoredSplit>;
  /** Where it is stored: how it is without what the user changed in it. */
  readonly stored?: AsStored;
}

/** A dataset as it is stored, and apart from it what the user changed. */
export interface AsStored {
  readonly dataset: Dataset;
  /** SHA-256 of it. */
  readonly checksum: string;
  /** By the place of the sample in the split as it is stored. */
  readonly changes: (split: Split) => Promise<ReadonlyMap<number, SampleChange>>;
}

/** A dataset that is stored, with what the user relabeled and excluded in it. */
export interface StoredDataset extends Dataset {
  readonly stored: AsStored;
}
