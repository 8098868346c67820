import type { Manifest } from '../store/manifest';
import type { Samples } from '../samples';
import type { Split } from '../../base/split';

/** A dataset that is to be stored: what its manifest says but for what the store finds out while writing. */
export type NewDataset = Omit<Manifest, 'id' | 'counts' | 'checksum' | 'bytes'>;

/** The samples of one split in the order in which they are kept, a few thousand or fewer at a time. */
export interface SplitStream {
  readonly split: Split;
  readonly batches: AsyncIterable<Samples>;
}

/** Where imports write to; `DatasetStore` is one. */
export interface DatasetWriter {
  /**
   * Stores a dataset whole, or leaves everything as it was.
   *
   * @param id as the manifest's schema asks for
   * @returns what is stored, with the counts, the checksum and the size
   * @throws DatasetError where the id is taken, nothing is left to store, or the disk is full
   */
  write(
    id: string,
    dataset: NewDataset,
    splits: readonly SplitStream[],
    signal?: AbortSignal,
  ): Promise<Manifest>;
}
