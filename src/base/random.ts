/**
 * Uniform random numbers from a seed: sfc32 (Doty-Humphrey, PractRand), whose whole state can be kept in a checkpoint.
 */
export class Random {
  private state: [number, number, number, number];

  constructor(seed: number) {
    this.state = [0, seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 1];
    this.mix();
  }

  /** A stream of its own for each triple of whole numbers below 2^32, whichever others were made before. */
  static of(seed: number, first: number, second: number): Random {
    const random = new Random(seed);
    random.state = [second | 0, seed | 0, first | 0, 1];
    random.mix();
    return random;
  }

  /** After so many numbers every bit of the seed has reached all of the state. */
  private mix(): void {
    for (let i = 0; i < 15; i++) this.next();
  }

  /** The next number in [0, 1), with 32 random bits. */
  readonly next = (): number => {
    const [a, b, c, counter] = this.state;
    const sum = (a + b + counter) | 0;
    this.state = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + sum) | 0, (counter + 1) | 0];
    return (sum >>> 0) / 2 ** 32;
  };

  /** A whole number in [0, below). */
  integer(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** The numbers 0 to count - 1 in random order (Fisher and Yates). */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, index) => index);
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    return order;
  }

  /** Items in random order; the list stays as it is. */
  shuffled<T>(items: readonly T[]): T[] {
    return Array.from(this.permutation(items.length), (at) => items[at] as T);
  }

  /** What `restore` needs to go on from here. */
  save(): readonly number[] {
    return [...this.state];
  }

  restore(saved: readonly number[]): void {
    const [a = 0, b = 0, c = 0, counter = 0] = saved;
    this.state = [a, b, c, counter];
  }
}
