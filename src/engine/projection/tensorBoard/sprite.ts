import sharp from 'sharp';
import type { PictureSize } from '../../../ink/scalePicture';
import { scalePictures } from '../../../ink/scalePicture';

/** Pixels along a side of a sprite image that TensorBoard takes. */
const MOST_SIDE = 8192;

/**
 * The size in which so many pictures fit in one sprite image.
 *
 * @returns the size as it is where they fit, else a smaller one of the same shape
 */
export function spriteSize(count: number, { height, width }: PictureSize): PictureSize {
  const across = Math.ceil(Math.sqrt(count));
  const scale = Math.min(1, Math.floor(MOST_SIDE / across) / Math.max(height, width));
  const scaled = (side: number) => Math.max(1, Math.floor(side * scale));
  return { height: scaled(height), width: scaled(width) };
}

/** Pictures side by side in a square, row by row, as they are added; TensorBoard finds them by their number. */
export class Sprite {
  private readonly across: number;
  private readonly sheet: Uint8Array;
  private added = 0;

  /** @param picture size of each of them in the sprite image */
  constructor(
    count: number,
    private readonly picture: PictureSize,
  ) {
    this.across = Math.max(1, Math.ceil(Math.sqrt(count)));
    this.sheet = new Uint8Array(this.across ** 2 * picture.height * picture.width);
  }

  /** @param pixels [count, height, width] gray values, of any size */
  add(pixels: Uint8Array, count: number, size: PictureSize): void {
    const { height, width } = this.picture;
    const stride = this.across * width;
    const scaled = scalePictures(pixels, count, size, this.picture);
    for (let at = 0; at < count; at++, this.added++) {
      const corner =
        Math.floor(this.added / this.across) * height * stride + (this.added % this.across) * width;
      for (let row = 0; row < height; row++) {
        const from = (at * height + row) * width;
        this.sheet.set(scaled.subarray(from, from + width), corner + row * stride);
      }
    }
  }

  async write(file: string): Promise<void> {
    const { height, width } = this.picture;
    const raw = { width: this.across * width, height: this.across * height, channels: 1 as const };
    await sharp(this.sheet, { raw }).toColourspace('b-w').png().toFile(file);
  }
}
