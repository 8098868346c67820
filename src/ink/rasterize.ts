import { drawInk } from './drawInk';
import { InkError } from './errors';
import type { Ink } from './ink';

/** Side of most networks' input in pixels; lengths below are of a picture of this size. */
export const PICTURE_SIZE = 28;

/** Empty pixels kept on every side, as in EMNIST (Cohen et al. 2017, section II). */
const BORDER = 2;
const BOX = PICTURE_SIZE - 2 * BORDER;

/** Line width of ink whose pen width is unknown: the mean of EMNIST's characters. */
const TYPICAL_WIDTH = 2.9;
/** No line is drawn thinner: the thinnest pens of EMNIST. */
const THINNEST_WIDTH = 2.2;
/** Over so many pixels a line fades out, as after EMNIST's blur and downsampling. */
const EDGE = 2;

export interface RasterizeOptions {
  /**
   * Width of the pen in the ink's unit. With it small characters get relatively thicker lines and dots become
   * blobs, as on EMNIST's scanned forms; without it every line has EMNIST's mean width.
   */
  readonly penWidth?: number | undefined;
  /** Factor on the line width, for augmentation; 1 unless given. */
  readonly boldness?: number | undefined;
  /** Height and width of the picture in pixels, PICTURE_SIZE unless given. */
  readonly side?: number | undefined;
}

/**
 * Draws ink as EMNIST made its pictures (Cohen et al. 2017, section II): white on black, cropped, aspect kept,
 * centered in a 24x24 box with a border of 2 pixels, edges smooth; of another side all that in proportion.
 *
 * @returns side x side gray values, 0 background to 255 ink, row by row
 * @throws InkError where the ink has no point, or a coordinate that is not a finite number
 */
export function rasterize(ink: Ink, options: RasterizeOptions = {}): Uint8Array {
  const bounds = boundsOf(ink);
  const extent = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
  const { side = PICTURE_SIZE } = options;
  const zoom = side / PICTURE_SIZE;
  const { scale, width } = fit(extent, options);
  const from = {
    x: bounds.left + (bounds.right - bounds.left) / 2,
    y: bounds.top + (bounds.bottom - bounds.top) / 2,
  };
  const placing = { scale: scale * zoom, from, to: { x: side / 2, y: side / 2 } };
  return drawInk(ink, { height: side, width: side }, placing, { width: width * zoom, edge: EDGE * zoom });
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The smallest box around all points.
 *
 * @throws InkError where there is no point, or one that is not finite
 */
export function boundsOf(ink: Ink): Bounds {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const stroke of ink) {
    for (const [x, y] of stroke) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        throw new InkError('The ink has a coordinate that is not a finite number: draw it again.');
      }
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  if (left > right) throw new InkError('The ink is empty: draw a character first.');
  if (!Number.isFinite(right - left) || !Number.isFinite(bottom - top)) {
    throw new InkError('The ink is too large to draw: give its coordinates in a smaller unit.');
  }
  return { left, top, right, bottom };
}

/** Scale from the ink's unit to pixels of a picture of PICTURE_SIZE, and the line width in those, so that lines end at the box's edge. */
function fit(
  extent: number,
  { penWidth = 0, boldness = 1 }: RasterizeOptions,
): { scale: number; width: number } {
  if (penWidth <= 0) {
    const width = extent > 0 ? TYPICAL_WIDTH * boldness : BOX;
    return { scale: extent > 0 ? (BOX - width) / extent : 0, width };
  }
  const width = Math.min(
    BOX,
    Math.max(THINNEST_WIDTH, (BOX * penWidth * boldness) / (extent + penWidth * boldness)),
  );
  return { scale: extent > 0 ? (BOX - width) / extent : 0, width };
}
