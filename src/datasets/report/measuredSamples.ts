import type { Ink } from '../../ink/ink';
import { rasterize } from '../../ink/rasterize';
import type { Samples } from '../samples';
import type { ClassPictures } from './classPictures';
import { fingerprint } from './equalSamples';

/** Pixels with ink that a picture of a single point has at most. */
const DOT = 4;

const BLANK = 1;
const POINT = 2;

/** What is kept of each sample while a dataset is gone through: some bytes, and never its picture. */
export class MeasuredSamples {
  readonly fingerprints: BigUint64Array;
  readonly labels: Uint16Array;
  /** Sum of the gray values. */
  readonly masses: Float32Array;
  /** From the mean picture of the class. */
  readonly distances: Float32Array;
  private readonly flags: Uint8Array;
  private measured = 0;
  private compared = 0;

  /** @param pictures undefined where the samples are not compared as pictures */
  constructor(
    total: number,
    private readonly pictures: ClassPictures | undefined,
  ) {
    this.fingerprints = new BigUint64Array(total);
    this.labels = new Uint16Array(total);
    this.masses = new Float32Array(total);
    this.distances = new Float32Array(total);
    this.flags = new Uint8Array(total);
  }

  isBlank(sample: number): boolean {
    return this.flags[sample] === BLANK;
  }

  isDot(sample: number): boolean {
    return this.flags[sample] === POINT;
  }

  /** Takes the next samples. */
  measure(batch: Samples): void {
    batch.labels.forEach((label, at) => {
      const sample = this.measured++;
      const stored = batch.kind === 'ink' ? (batch.inks[at] ?? []) : pictureAt(batch, at);
      this.labels[sample] = label;
      this.fingerprints[sample] = fingerprint(stored);
      this.flags[sample] = stored instanceof Uint8Array ? flagOfPicture(stored) : isPoint(stored) ? POINT : 0;
      if (!this.pictures) return;
      const picture = pictureAt(batch, at);
      this.masses[sample] = picture.reduce((sum, value) => sum + value, 0);
      this.pictures.add(label, picture);
    });
  }

  /** Takes the next samples once more, when all have been measured. */
  compare(batch: Samples): void {
    batch.labels.forEach((label, at) => {
      this.distances[this.compared++] = this.pictures?.distance(label, pictureAt(batch, at)) ?? 0;
    });
  }
}

/** The picture of a sample: that which networks see of ink. */
function pictureAt(batch: Samples, at: number): Uint8Array {
  if (batch.kind === 'ink') return rasterize(batch.inks[at] ?? [], { penWidth: batch.penWidths[at] });
  const size = batch.height * batch.width;
  return batch.pixels.subarray(at * size, (at + 1) * size);
}

function flagOfPicture(picture: Uint8Array): number {
  const [first = 0] = picture;
  if (picture.every((value) => value === first)) return BLANK;
  let inked = 0;
  for (const value of picture) if (value > 0 && ++inked > DOT) return 0;
  return POINT;
}

function isPoint(ink: Ink): boolean {
  const [first] = ink.flat();
  return ink.every((stroke) => stroke.every(([x, y]) => x === first?.[0] && y === first[1]));
}
