/** A pause of the pen that ends by itself unless the pen comes back. */
export class Rest {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly over: () => void) {}

  get running(): boolean {
    return this.timer !== undefined;
  }

  start(milliseconds: number): void {
    this.stop();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.over();
    }, milliseconds);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
