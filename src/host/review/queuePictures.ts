import type { Manifest } from '../../datasets/manifest';
import type { DatasetStore } from '../../datasets/store';
import { REVIEW_PAGE } from '../../protocol/review';
import { openSplits, type SplitReader } from '../datasets/sampleReader';
import type { StoredPlace } from './reviewSession';

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
    const readers = await this.opened;
    const size = this.manifest.height * this.manifest.width;
    const wanted = this.places
      .slice(page * REVIEW_PAGE, (page + 1) * REVIEW_PAGE)
      .map((place, at) => ({ ...place, at }));
    const pixels = new Uint8Array(wanted.length * size);
    for (const reader of readers) {
      // a reader takes them as they lie on the disk
      const own = wanted.filter(({ split }) => split === reader.split).sort((a, b) => a.index - b.index);
      const read = await reader.pictures(own.map(({ index }) => index));
      own.forEach(({ at }, nth) => pixels.set(read.subarray(nth * size, (nth + 1) * size), at * size));
    }
    return pixels;
  }

  /** Closes the files; the next page opens them again. */
  async close(): Promise<void> {
    const readers = await this.opened?.catch(() => undefined);
    this.opened = undefined;
    await Promise.all((readers ?? []).map((reader) => reader.close()));
  }
}
