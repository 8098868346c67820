import type { Ink, Picture } from '../../src/protocol/ink';

/** What is on the pad to be read: ink, or the picture of a sample. */
export type Readable = Ink | Picture;

/** Least milliseconds between two recognitions of a stroke that is still being drawn. */
const LIVE_INTERVAL = 100;

/** Numbers the states of the pad, asks for their recognition, and knows which answer counts. */
export class Recognizer {
  // larger than any number that an earlier page of this pad gave out
  private newest = Date.now();
  private answered = this.newest;
  private asked = -Infinity;

  constructor(private readonly send: (id: number, what: Readable) => void) {}

  /** The number of the ink as it is. */
  get id(): number {
    return this.newest;
  }

  /** Whether the newest ink was answered for. */
  get upToDate(): boolean {
    return this.answered === this.newest;
  }

  /** The ink changed for good; answers to what was before count no more. */
  changed(what: Readable): void {
    this.newest += 1;
    if (!Array.isArray(what) || what.length > 0) this.ask(what);
    else this.answered = this.newest;
  }

  /** The ink is changing: asks too, though no faster than answers come. */
  changing(what: () => Readable): void {
    if (!this.upToDate || performance.now() - this.asked < LIVE_INTERVAL) return;
    this.newest += 1;
    this.ask(what());
  }

  /** Takes note of an answer; false when it is to ink that has changed since. */
  accept(id: number): boolean {
    if (id !== this.newest) return false;
    this.answered = id;
    return true;
  }

  private ask(what: Readable): void {
    this.asked = performance.now();
    this.send(this.newest, what);
  }
}
