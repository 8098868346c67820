import { PAGE_SIZE } from '../../src/protocol/pages/browse';

/** Pages kept: enough for the smallest pictures on a large screen, and bounded whatever is scrolled past. */
const MOST_PAGES = 96;
/** Pages of large pictures are fewer, by their bytes, but never fewer than one sees. */
const MOST_BYTES = 2 ** 25;
const LEAST_PAGES = 8;
/** Pages asked for and not yet there. */
const MOST_REQUESTS = 4;
/** An answer that takes longer was lost with the host that owed it. */
const LOST_AFTER = 5000;

/** The pictures of samples that follow each other in a list, and whatever else is known of them. */
export interface PicturePage {
  /** Of the list: grows whenever that is another one. */
  readonly revision: number;
  /** Number of the page, from 0. */
  readonly page: number;
  /** Gray values 0 (background) to 255 (ink), sample after sample, row by row. */
  readonly pixels: Uint8Array;
}

/** The pages of a view that were seen last; asks for those that are missing. */
export class Pages<P extends PicturePage = PicturePage> {
  /** By number, the one seen longest ago first. */
  private readonly pages = new Map<number, P>();
  private readonly requests = new Map<number, number>();
  private revision = -1;

  constructor(private readonly ask: (revision: number, page: number) => void) {}

  /** Takes up another view; what the last one showed stays until it is replaced, or flickers would show. */
  startOver(revision: number, forget: boolean): void {
    this.revision = revision;
    this.requests.clear();
    if (forget) this.pages.clear();
  }

  /** Takes in an answer; false where it is to a view that is no more. */
  accept(page: P): boolean {
    if (page.revision !== this.revision) return false;
    this.requests.delete(page.page);
    this.pages.delete(page.page);
    this.pages.set(page.page, page);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= LEAST_PAGES) break;
      if (this.pages.size <= MOST_PAGES && this.bytes <= MOST_BYTES) break;
      this.pages.delete(oldest);
    }
    return true;
  }

  /** Asks for what is missing of these places, nearest to the first one first. */
  need(first: number, last: number): void {
    if (last < first) return;
    const now = performance.now();
    for (let number = Math.floor(first / PAGE_SIZE); number <= Math.floor(last / PAGE_SIZE); number++) {
      const page = this.pages.get(number);
      if (page) this.touch(number, page);
      if (page?.revision === this.revision) continue;
      this.dropLost(now);
      if (this.requests.has(number) || this.requests.size >= MOST_REQUESTS) continue;
      this.requests.set(number, now);
      this.ask(this.revision, number);
    }
  }

  /** The page that a place is on, if it is there, and which of its samples that is. */
  at(place: number): { page: P | undefined; at: number } {
    return { page: this.pages.get(Math.floor(place / PAGE_SIZE)), at: place % PAGE_SIZE };
  }

  /** Bytes of pictures that are kept. */
  get bytes(): number {
    let sum = 0;
    for (const { pixels } of this.pages.values()) sum += pixels.byteLength;
    return sum;
  }

  private touch(number: number, page: P): void {
    this.pages.delete(number);
    this.pages.set(number, page);
  }

  private dropLost(now: number): void {
    for (const [number, asked] of this.requests) {
      if (now - asked > LOST_AFTER) this.requests.delete(number);
    }
  }
}
