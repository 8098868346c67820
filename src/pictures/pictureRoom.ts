/** Pixels that are unpacked at a time; one larger picture is alone. */
const AT_ONCE = 32e6;

/** Lets several pictures be unpacked at a time as long as they are small. */
export class PictureRoom {
  private used = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most = AT_ONCE) {}

  /** Does the work once there is room for the pixels that it unpacks. */
  async with<T>(pixels: number, work: () => Promise<T>): Promise<T> {
    while (this.used > 0 && this.used + pixels > this.most) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.used += pixels;
    try {
      return await work();
    } finally {
      this.used -= pixels;
      for (const resolve of this.waiting.splice(0)) resolve();
    }
  }
}
