import type { Ink } from './ink';

/** Points nearer to the last one than this share of a pixel add nothing to the picture. */
const FINEST_STEP = 0.2;

/** Height and width in pixels. */
export interface PictureShape {
  readonly height: number;
  readonly width: number;
}

/** How ink lies on a picture: the point `from` of the ink at the pixel `to`. */
export interface Placing {
  /** Pixels of the ink's unit. */
  readonly scale: number;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
}

/**
 * Draws strokes as white lines on black.
 *
 * @param pen width of the lines, and over how many pixels they fade out
 * @returns height x width gray values, 0 background to 255 ink, row by row
 */
export function drawInk(
  ink: Ink,
  shape: PictureShape,
  { scale, from, to }: Placing,
  pen: { readonly width: number; readonly edge: number },
): Uint8Array {
  const squaredDistances = new Float64Array(shape.height * shape.width).fill(Infinity);
  const reach = (pen.width + pen.edge) / 2;
  for (const stroke of ink) {
    let last: { x: number; y: number } | undefined;
    for (const point of stroke) {
      const x = (point[0] - from.x) * scale + to.x;
      const y = (point[1] - from.y) * scale + to.y;
      if (last && Math.hypot(x - last.x, y - last.y) < FINEST_STEP) continue;
      lowerDistances(squaredDistances, shape, last ?? { x, y }, { x, y }, reach);
      last = { x, y };
    }
  }
  return Uint8Array.from(squaredDistances, (squared) => shade(Math.sqrt(squared), pen.width, pen.edge));
}

/** Lowers each pixel's squared distance to its squared distance from the segment a-b, within reach pixels. */
function lowerDistances(
  squaredDistances: Float64Array,
  { height, width }: PictureShape,
  a: { x: number; y: number },
  b: { x: number; y: number },
  reach: number,
): void {
  const columnFrom = Math.max(0, Math.floor(Math.min(a.x, b.x) - reach));
  const columnTo = Math.min(width - 1, Math.ceil(Math.max(a.x, b.x) + reach));
  const rowFrom = Math.max(0, Math.floor(Math.min(a.y, b.y) - reach));
  const rowTo = Math.min(height - 1, Math.ceil(Math.max(a.y, b.y) + reach));
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
      const pixel = row * width + column;
      const squared = ex * ex + ey * ey;
      if (squared < (squaredDistances[pixel] ?? 0)) squaredDistances[pixel] = squared;
    }
  }
}

/** Gray value at a distance from a line's middle: full inside, fading out smoothly over so many pixels. */
function shade(distance: number, width: number, edge: number): number {
  const inside = Math.min(1, Math.max(0, (width / 2 - distance) / edge + 0.5));
  return Math.round(255 * inside * inside * (3 - 2 * inside));
}
