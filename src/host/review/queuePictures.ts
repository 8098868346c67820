import type { Manifest } from '../../datasets/store/manifest';
import type { DatasetStore } from '../../datasets/store/datasetStore';
import { REVIEW_PAGE } from '../../protocol/pages/review';
import { openSplits, type SplitReader } from '../samples/sampleReader';
import { picturesAt, type StoredPlace } from '../samples/placedPictures';

/** The pictures of a queue's samples, page by page; files are open from the first one that is asked for. */
export class QueuePictures {
  private opened: Promise<SplitReader[]> | undefined;

  constructor(
    private readonly store: DatasetStore,
    private readonly manifest: Manifest,
    private readonly places: readonly StoredPlace[],
  ) {}

  /**
   * Pictures one behind the other, in the order of the queue.
   *
   * @throws DatasetError where the dataset is missing or damaged
   */
  async page(page: number): Promise<Uint8Array<ArrayBuffer>> {
    this.opened ??= openSplits(this.store, this.manifest);
    const places = this.places.slice(page * REVIEW_PAGE, (page + 1) * REVIEW_PAGE);
    return picturesAt(await this.opened, this.manifest, places);
  }

  /** Closes the files; the next page opens them again. */
  async close(): Promise<void> {
    const readers = await this.opened?.catch(() => undefined);
    this.opened = undefined;
    await Promise.all((readers ?? []).map((reader) => reader.close()));
  }
}
