/** Browsers cut off elements that are much taller. */
const TALLEST = 8_000_000;

/**
 * Maps a scrollbar to rows that may be taller than any element can be: beyond that height a pixel of the scrollbar
 * stands for several of the rows. Offsets are CSS pixels from the top of the rows.
 */
export class ScrollRange {
  constructor(
    private readonly contentHeight: number,
    private readonly windowHeight: number,
  ) {}

  /** Height of the element that the scrollbar measures. */
  get spacerHeight(): number {
    return Math.min(this.contentHeight, TALLEST);
  }

  /** The largest offset. */
  get end(): number {
    return Math.max(0, this.contentHeight - this.windowHeight);
  }

  /** Whether the browser's own scrolling would move too far. */
  get compressed(): boolean {
    return this.contentHeight > TALLEST;
  }

  toOffset(scrollTop: number): number {
    return this.clamped(scrollTop * this.ratio);
  }

  toScrollTop(offset: number): number {
    return this.clamped(offset) / this.ratio;
  }

  clamped(offset: number): number {
    return Math.min(Math.max(offset, 0), this.end);
  }

  private get ratio(): number {
    const scrollable = this.spacerHeight - this.windowHeight;
    return this.compressed && scrollable > 0 ? this.end / scrollable : 1;
  }
}
