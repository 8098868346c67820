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
/** Points nearer to the last one than this share of a pixel add nothing to the picture. */
const FINEST_STEP = 0.2;

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
 * centred in a 24x24 box with a border of 2 pixels, edges smooth; of another side all that in proportion.
 *
 * @returns side x side grey values, 0 background to 255 ink, row by row
 * @throws InkError where the ink has no point, or a coordinate that is not a finite number
 */
export function rasterize(ink: Ink, options: RasterizeOptions = {}): Uint8Array {
  const bounds = boundsOf(ink);
  const extent = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
  const { side = PICTURE_SIZE } = options;
  const zoom = side / PICTURE_SIZE;
  const fitted = fit(extent, options);
  const scale = fitted.scale * zoom;
  const width = fitted.width * zoom;
  const centreX = bounds.left + (bounds.right - bounds.left) / 2;
  const centreY = bounds.top + (bounds.bottom - bounds.top) / 2;
  const middle = side / 2;
  const squaredDistances = new Float64Array(side * side).fill(Infinity);
  const edge = EDGE * zoom;
  const reach = (width + edge) / 2;
  for (const stroke of ink) {
    let last: { x: number; y: number } | undefined;
    for (const point of stroke) {
      const x = (point[0] - centreX) * scale + middle;
      const y = (point[1] - centreY) * scale + middle;
      if (last && Math.hypot(x - last.x, y - last.y) < FINEST_STEP) continue;
      lowerDistances(squaredDistances, side, last ?? { x, y }, { x, y }, reach);
      last = { x, y };
    }
  }
  return Uint8Array.from(squaredDistances, (squared) => shade(Math.sqrt(squared), width, edge));
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

/** Lowers each pixel's squared distance to its squared distance from the segment a-b, within reach pixels. */
function lowerDistances(
  squaredDistances: Float64Array,
  side: number,
  a: { x: number; y: number },
  b: { x: number; y: number },
  reach: number,
): void {
  const columnFrom = Math.max(0, Math.floor(Math.min(a.x, b.x) - reach));
  const columnTo = Math.min(side - 1, Math.ceil(Math.max(a.x, b.x) + reach));
  const rowFrom = Math.max(0, Math.floor(Math.min(a.y, b.y) - reach));
  const rowTo = Math.min(side - 1, Math.ceil(Math.max(a.y, b.y) + reach));
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const squaredLength = dx * dx + dy * dy;
  for (let row = rowFrom; row <= rowTo; row++) {
    for (let column = columnFrom; column <= columnTo; column++) {
      const px = column + 0.5 - a.x;
      const py = row + 0.5 - a.y;
      const along = squaredLength > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / squaredLength)) : 0;
      const ex = px - along * dx;
      const ey = py - along * dy;
      const pixel = row * side + column;
      const squared = ex * ex + ey * ey;
      if (squared < (squaredDistances[pixel] ?? 0)) squaredDistances[pixel] = squared;
    }
  }
}

/** Grey value at a distance from a line's middle: full inside, fading out smoothly over so many pixels. */
function shade(distance: number, width: number, edge: number): number {
  const inside = Math.min(1, Math.max(0, (width / 2 - distance) / edge + 0.5));
  return Math.round(255 * inside * inside * (3 - 2 * inside));
}
