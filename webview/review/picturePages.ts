import type { Gray } from '../../src/protocol/pages/importPreview';
import { REVIEW_PAGE } from '../../src/protocol/pages/review';

/** Pages that are kept; of 28x28 pixels they take under a megabyte. */
const MOST_PAGES = 16;

/** The pictures of a queue that are here; those about what shows are asked for. */
export class PicturePages {
  /** The page that was looked at last is the last one. */
  private readonly pages = new Map<number, Gray[]>();
  private readonly asked = new Set<number>();

  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly ask: (page: number) => void,
  ) {}

  /** The picture of a place in the queue, once it is here. */
  picture(at: number): Gray | undefined {
    const number = Math.floor(at / REVIEW_PAGE);
    const page = this.pages.get(number);
    if (page) {
      this.pages.delete(number);
      this.pages.set(number, page);
    } else if (!this.asked.has(number)) {
      this.asked.add(number);
      this.ask(number);
    }
    return page?.[at % REVIEW_PAGE];
  }

  put(number: number, pixels: Uint8Array<ArrayBuffer>): void {
    this.asked.delete(number);
    const { width, height } = this;
    const size = width * height;
    const page = Array.from({ length: Math.floor(pixels.length / size) }, (_, at) => ({
      ...{ width, height },
      pixels: pixels.subarray(at * size, (at + 1) * size),
    }));
    this.pages.set(number, page);
    const [oldest] = this.pages.keys();
    if (this.pages.size > MOST_PAGES && oldest !== undefined) this.pages.delete(oldest);
  }

  /** Bytes of the pictures that are here. */
  get bytes(): number {
    return [...this.pages.values()].flat().reduce((sum, { pixels }) => sum + pixels.length, 0);
  }
}
