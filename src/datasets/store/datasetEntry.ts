import type { CatalogEntry } from '../download/catalog';
import type { Manifest } from './manifest';

/** What is known of a dataset that is stored or can be downloaded. */
export interface DatasetEntry {
  readonly id: string;
  readonly name: string;
  /** `partial`: a download was begun, and goes on from there. */
  readonly state: 'absent' | 'partial' | 'ready' | 'damaged';
  /** Bytes that are there of those that the download takes; of a stored dataset all that it takes on the disk. */
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** Where the dataset is stored. */
  readonly manifest?: Manifest | undefined;
  /** Where it can be downloaded. */
  readonly catalog?: CatalogEntry | undefined;
}
