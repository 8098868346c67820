/**
 * No longer than this, in milliseconds, counts of the time between two looks: a machine that slept in between slept
 * with everybody on it.
 */
const LONGEST_LOOK = 10_000;

interface Seen {
  readonly touched: number;
  readonly looked: number;
  readonly still: number;
}

/** How long files have been seen without a change, by one who was awake to see it. */
export class Stillness {
  private readonly seen = new Map<string, Seen>();

  /** @param now milliseconds, from any start */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * Looks at a file once more.
   *
   * @param touched when it was changed last, by whatever clock
   * @returns milliseconds for which it has been seen like that; 0 at the first look
   */
  look(file: string, touched: number): number {
    const looked = this.now();
    const before = this.seen.get(file);
    const still =
      before?.touched === touched ? before.still + Math.min(LONGEST_LOOK, looked - before.looked) : 0;
    this.seen.set(file, { touched, looked, still });
    return still;
  }

  forget(file: string): void {
    this.seen.delete(file);
  }
}
