/** Milliseconds between two looks. */
const CALM = 300;

/** Looks at what there is now and then, and tells of it; never of an older look after a newer one, which has the newest. */
export class CalmLooks<T> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looks = 0;

  constructor(
    private readonly look: () => Promise<T>,
    private readonly tell: (found: T) => void,
    /** Does work that nobody waits for. */
    private readonly tried: (work: () => Promise<void>) => unknown,
  ) {}

  async now(): Promise<void> {
    const look = ++this.looks;
    const found = await this.look();
    if (look === this.looks) this.tell(found);
  }

  soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.tried(() => this.now());
    }, CALM);
  }

  /** Nobody is to be told any more, until the next look. */
  rest(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.looks++;
  }
}
