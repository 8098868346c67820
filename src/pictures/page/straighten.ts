import type { Channels } from 'sharp';
import type { Corner, Corners } from '../sheet';

/** Pixels of some channels, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
  readonly data: Uint8Array;
}

/** From a place in the rectangle to that in the picture, as a projective transformation: eight numbers. */
type Projection = readonly [number, number, number, number, number, number, number, number];

/**
 * The sheet in a photograph as if it had been seen from straight above: its corners become those of a rectangle.
 *
 * @param corners of the sheet, clockwise from the upper left one
 */
export function straightened(picture: Pixels, corners: Corners): Pixels {
  const { channels } = picture;
  const [a, b, c, d] = corners;
  const side = (from: Corner, to: Corner) => Math.hypot(to.x - from.x, to.y - from.y);
  const width = Math.max(1, Math.round((side(a, b) + side(d, c)) / 2));
  const height = Math.max(1, Math.round((side(a, d) + side(b, c)) / 2));
  const [p, q, r, s, t, u, v, w] = projectionTo(corners);
  const data = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    const y = (row + 0.5) / height;
    for (let column = 0; column < width; column++) {
      const x = (column + 0.5) / width;
      const depth = v * x + w * y + 1;
      const at = (row * width + column) * channels;
      sample(
        picture,
        (p * x + q * y + r) / depth,
        (s * x + t * y + u) / depth,
        data.subarray(at, at + channels),
      );
    }
  }
  return { width, height, channels, data };
}

/** Of the unit square to four corners (Heckbert 1989, section 2.2.3). */
function projectionTo([a, b, c, d]: Corners): Projection {
  const [dx1, dx2, dx3] = [b.x - c.x, d.x - c.x, a.x - b.x + c.x - d.x];
  const [dy1, dy2, dy3] = [b.y - c.y, d.y - c.y, a.y - b.y + c.y - d.y];
  const whole = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / whole;
  const h = (dx1 * dy3 - dx3 * dy1) / whole;
  return [b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x, b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y, g, h];
}

/** The picture at a place between pixels, linear between their middles. */
function sample({ width, height, channels, data }: Pixels, x: number, y: number, into: Uint8Array): void {
  const left = Math.min(width - 2, Math.max(0, Math.floor(x - 0.5)));
  const top = Math.min(height - 2, Math.max(0, Math.floor(y - 0.5)));
  const across = Math.min(1, Math.max(0, x - 0.5 - left));
  const down = Math.min(1, Math.max(0, y - 0.5 - top));
  for (let channel = 0; channel < channels; channel++) {
    const at = (row: number, column: number) => data[(row * width + column) * channels + channel] ?? 0;
    const above = at(top, left) + across * (at(top, left + 1) - at(top, left));
    const below = at(top + 1, left) + across * (at(top + 1, left + 1) - at(top + 1, left));
    into[channel] = above + down * (below - above);
  }
}
