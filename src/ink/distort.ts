import { boundsOf } from './rasterize';
import type { Ink } from './ink';

/** How strongly ink is varied; each figure is the standard deviation of its random part. */
export interface Distortion {
  /** Shear of x by y, as a fraction. */
  readonly slant: number;
  /** Degrees. */
  readonly rotation: number;
  /** Of the ratio of height to width, as a natural logarithm. */
  readonly aspect: number;
  /** Displacement of each stroke, as a share of the ink's extent. */
  readonly strokeShift: number;
  /** Smooth displacement of the plane, as a share of the ink's extent. */
  readonly elastic: number;
}

/** As different as one writer's hand is from another's. */
export const HANDWRITING: Distortion = {
  slant: 0.16,
  rotation: 5,
  aspect: 0.13,
  strokeShift: 0.012,
  elastic: 0.022,
};

/** Nodes of the elastic field along each side of the ink's bounds. */
const NODES = 4;

/**
 * Varies ink as hands do: slant, rotation, aspect, strokes out of place and an elastic field (Simard et al. 2003,
 * on ink instead of pixels).
 *
 * @param random gives uniform numbers in [0, 1)
 * @throws InkError where the ink is empty or not finite
 */
export function distort(ink: Ink, distortion: Distortion, random: () => number): Ink {
  const bounds = boundsOf(ink);
  const extent = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
  if (extent === 0) return ink;
  const angle = (gaussian(random) * distortion.rotation * Math.PI) / 180;
  const slant = gaussian(random) * distortion.slant;
  const stretch = Math.exp((gaussian(random) * distortion.aspect) / 2);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const field = elasticField(distortion.elastic, random);
  return ink.map((stroke) => {
    const shiftX = gaussian(random) * distortion.strokeShift;
    const shiftY = gaussian(random) * distortion.strokeShift;
    return stroke.map(([x, y, t, pressure]) => {
      const u = (x - bounds.left) / extent;
      const v = (y - bounds.top) / extent;
      const [du, dv] = field(u, v);
      const sx = (u + du + shiftX - slant * v) / stretch;
      const sy = (v + dv + shiftY) * stretch;
      return [extent * (cos * sx - sin * sy), extent * (sin * sx + cos * sy), t, pressure] as const;
    });
  });
}

/** A smooth random displacement of the unit square: bilinear between random nodes. */
function elasticField(strength: number, random: () => number): (u: number, v: number) => [number, number] {
  const nodes = Float64Array.from({ length: 2 * NODES * NODES }, () => gaussian(random) * strength);
  return (u, v) => {
    const x = Math.min(0.999, Math.max(0, u)) * (NODES - 1);
    const y = Math.min(0.999, Math.max(0, v)) * (NODES - 1);
    const column = Math.floor(x);
    const row = Math.floor(y);
    const at = (r: number, c: number, axis: number) => nodes[2 * (r * NODES + c) + axis] ?? 0;
    const mix = (axis: number) =>
      (1 - y + row) * ((1 - x + column) * at(row, column, axis) + (x - column) * at(row, column + 1, axis)) +
      (y - row) *
        ((1 - x + column) * at(row + 1, column, axis) + (x - column) * at(row + 1, column + 1, axis));
    return [mix(0), mix(1)];
  };
}

/** A standard normal number (Box and Muller 1958). */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
