import type { StoredDataset } from '../dataset';
import type { DownloadProgress } from '../download/progress';
import type { DatasetEntry } from './datasetEntry';
import type { Manifest } from './manifest';

export interface VerifyOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** A dataset with a place in the home folder, by how its samples are kept there; it need not be there yet. */
export interface StoredKind {
  readonly folder: string;
  /** Whether nothing else can be stored under its id. */
  isTaken(): boolean;
  /** Undefined where there is nothing of it and nothing to download. */
  entry(): Promise<DatasetEntry | undefined>;
  /**
   * Opens it with what the user relabeled and excluded in it.
   *
   * @throws DatasetError where it is not stored, not whole, or known to be damaged
   */
  open(): Promise<StoredDataset>;
  /**
   * Reads it whole and checks it.
   *
   * @throws DatasetError where it is not stored or damaged; the signal's reason when it is aborted
   */
  verify(options: VerifyOptions): Promise<Manifest>;
}
