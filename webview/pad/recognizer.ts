import type { Ink } from '../../src/protocol/ink';

/** Least milliseconds between two recognitions of a stroke that is still being drawn. */
const LIVE_INTERVAL = 100;

/** Numbers the states of the ink, asks for their recognition, and knows which answer counts. */
export class Recognizer {
  // larger than any number that an earlier page of this pad gave out
  private newest = Date.now();
  private answered = this.newest;
  private asked = -Infinity;

  constructor(private readonly send: (id: number, ink: Ink) => void) {}

  /** The number of the ink as it is. */
  get id(): number {
    return this.newest;
  }

  /** Whether the newest ink was answered for. */
  get upToDate(): boolean {
    return this.answered === this.newest;
  }

  /** The ink changed for good; answers to what was before count no more. */
  changed(ink: Ink): void {
    this.newest += 1;
    if (ink.length > 0) this.ask(ink);
    else this.answered = this.newest;
  }

  /** The ink is changing: asks too, though no faster than answers come. */
  changing(ink: Ink): void {
    if (!this.upToDate || performance.now() - this.asked < LIVE_INTERVAL) return;
    this.newest += 1;
    this.ask(ink);
  }

  /** Takes note of an answer; false when it is to ink that has changed since. */
  accept(id: number): boolean {
    if (id !== this.newest) return false;
    this.answered = id;
    return true;
  }

  private ask(ink: Ink): void {
    this.asked = performance.now();
    this.send(this.newest, ink);
  }
}
