import { apart, type Arena } from './arena';
import type { Padding, Shape } from './chain';
import { placed } from './layouts';

/** Bytes of a number. */
export const FLOAT = 4;

/** How the values of a layer lie in memory: rows of vectors of four channels, with zeros around a picture. */
export class Geometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Bytes from a row to the next, and from a sample to the next. */
  readonly row: number;
  readonly sample: number;
  /** Bytes from a sample's first number to the first one of the picture. */
  readonly inside: number;

  /** @param lanes channels with those that fill the last vector, which are zero; the network's input has none of them */
  constructor(
    { height, width, channels }: Shape,
    padding: Padding,
    readonly lanes = 4 * Math.ceil(channels / 4),
  ) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.row = FLOAT * lanes * (width + padding.left + padding.right);
    this.sample = apart(this.row * (height + padding.top + padding.bottom));
    this.inside = padding.top * this.row + padding.left * lanes * FLOAT;
  }

  get places(): number {
    return this.height * this.width;
  }
}

/** Values of a layer, or their gradient, in memory. */
export class Values {
  /**
   * @param samples that there is room for
   * @param bases where they lie: one address for all samples of a step, or for each thread one for a chunk
   */
  constructor(
    readonly geometry: Geometry,
    private readonly samples: number,
    private readonly bases: number | readonly number[],
  ) {}

  /** Where a thread's first number lies. */
  base(thread: number): number {
    return typeof this.bases === 'number' ? this.bases : (this.bases[thread] ?? 0);
  }

  /**
   * Places a view of the pictures, for one thread.
   *
   * @param from bytes from the picture's first number to that of the view
   */
  view(arena: Arena, thread: number, from = 0): number {
    return this.viewFrom(arena, thread, this.geometry.inside + from);
  }

  /** Places a view of the pictures with the zeros around them. */
  padded(arena: Arena, thread: number): number {
    return this.viewFrom(arena, thread, 0);
  }

  /** Writes the rows of samples to where they lie among what fills their vectors. */
  put(memory: Float32Array, numbers: ArrayLike<number>, samples: number): void {
    const { height, width, channels, lanes } = this.geometry;
    const filled = width > 1 && lanes !== channels;
    if (filled) throw new Error('The kernels take no pictures whose channels are filled up.');
    const length = width * channels;
    let from = 0;
    for (let sample = 0; sample < samples; sample++) {
      for (let y = 0; y < height; y++, from += length) {
        const to = this.rowAt(sample, y);
        for (let i = 0; i < length; i++) memory[to + i] = numbers[from + i] as number;
      }
    }
  }

  /** The place in a memory of numbers where a row of one of all samples begins. */
  rowAt(sample: number, row: number): number {
    const { geometry } = this;
    return (this.base(0) + sample * geometry.sample + geometry.inside + row * geometry.row) / FLOAT;
  }

  /** Clears what lies around the pictures, where something else lay before. */
  clearAround(memory: Float32Array): void {
    const { sample, row, inside, height, width, lanes } = this.geometry;
    const clear = (from: number, to: number) => memory.fill(0, from / FLOAT, to / FLOAT);
    for (const base of [this.bases].flat()) {
      for (let at = base; at < base + this.samples * sample; at += sample) {
        let from = at;
        for (let picture = at + inside, y = 0; y < height; y++, picture += row) {
          clear(from, picture);
          from = picture + FLOAT * lanes * width;
        }
        clear(from, at + sample);
      }
    }
  }

  private viewFrom(arena: Arena, thread: number, offset: number): number {
    const { sample, row } = this.geometry;
    const whole = Number(typeof this.bases === 'number');
    return placed(arena, 'View', { base: this.base(thread) + offset, sample, row, whole });
  }
}
