/** The mean picture of each class. */
export class ClassPictures {
  private readonly sums: Float32Array;
  private readonly counts: Uint32Array;

  /** @param size pixels of a picture */
  constructor(
    classes: number,
    private readonly size: number,
  ) {
    this.sums = new Float32Array(classes * size);
    this.counts = new Uint32Array(classes);
  }

  add(label: number, picture: Uint8Array): void {
    const start = label * this.size;
    for (let at = 0; at < this.size; at++) {
      this.sums[start + at] = (this.sums[start + at] ?? 0) + (picture[at] ?? 0);
    }
    this.counts[label] = (this.counts[label] ?? 0) + 1;
  }

  /** How far a picture is from the mean of its class. */
  distance(label: number, picture: Uint8Array): number {
    const start = label * this.size;
    const share = 1 / Math.max(1, this.counts[label] ?? 0);
    let sum = 0;
    for (let at = 0; at < this.size; at++) {
      const difference = (picture[at] ?? 0) - (this.sums[start + at] ?? 0) * share;
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /** Gray values, class after class. */
  means(): Uint8Array {
    return Uint8Array.from(this.sums, (sum, at) =>
      Math.round(sum / Math.max(1, this.counts[Math.floor(at / this.size)] ?? 0)),
    );
  }
}
