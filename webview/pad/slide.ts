import type { Place } from './frame';

/** Milliseconds that the paper takes to move on. */
const DURATION = 180;

/** Moves what is in sight of the paper smoothly, where people do not wish for less motion. */
export class Slide {
  private shown: Place = { x: 0, y: 0 };
  private frame: number | undefined;
  private target = this.shown;

  constructor(private readonly show: (offset: Place) => void) {}

  /**
   * Goes there, unless it was sent there already.
   *
   * @param smoothly not so where the paper was changed for another
   */
  to(offset: Place, smoothly: boolean): void {
    if (offset === this.target) return;
    this.stop();
    this.target = offset;
    const from = this.shown;
    if (!smoothly || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.moveTo(offset);
      return;
    }
    let start: number | undefined;
    const step = (time: number) => {
      start ??= time;
      const done = Math.min(1, (time - start) / DURATION);
      const eased = 1 - (1 - done) ** 3;
      this.moveTo({ x: from.x + (offset.x - from.x) * eased, y: from.y + (offset.y - from.y) * eased });
      this.frame = done < 1 ? requestAnimationFrame(step) : undefined;
    };
    this.frame = requestAnimationFrame(step);
  }

  /** The pen comes down: the paper stays where it is. */
  stop(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
  }

  private moveTo(offset: Place): void {
    this.shown = offset;
    this.show(offset);
  }
}
