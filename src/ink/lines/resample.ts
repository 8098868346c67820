import { distanceOf } from './extent';
import type { Path } from './path';

/** Distance of two points, in heights of the line. */
export const STEP = 0.07;
/** A dot has as many points as this, so that the network has frames to name it in. */
export const LEAST_POINTS = 8;

/** A stroke with points that lie evenly along it. */
export interface EvenPath extends Path {
  /** For each point the index of the nearest point of the stroke that it was made of. */
  readonly source: Uint32Array;
}

/**
 * Places points evenly along a stroke, the first and the last where the pen was set down and lifted.
 *
 * @param path with one point at least
 * @param step distance of two points at most, in the path's unit
 */
export function resample(path: Path, step: number): EvenPath {
  return resampleTo(path, Math.max(LEAST_POINTS, Math.round(lengthOf(path) / step) + 1));
}

/**
 * As `resample`, with a number of points.
 *
 * @param count two at least
 */
export function resampleTo({ x, y }: Path, count: number): EvenPath {
  const along = lengths(x, y);
  const length = along.at(-1) ?? 0;
  const even = {
    x: new Float32Array(count),
    y: new Float32Array(count),
    source: new Uint32Array(count),
  };
  let segment = 0;
  for (let i = 0; i < count; i++) {
    const at = (length * i) / (count - 1);
    while (segment + 2 < x.length && (along[segment + 1] ?? 0) < at) segment++;
    const from = along[segment] ?? 0;
    const extent = (along[segment + 1] ?? from) - from;
    const share = extent > 0 ? Math.min(1, (at - from) / extent) : 0;
    const next = Math.min(segment + 1, x.length - 1);
    even.x[i] = (1 - share) * (x[segment] ?? 0) + share * (x[next] ?? 0);
    even.y[i] = (1 - share) * (y[segment] ?? 0) + share * (y[next] ?? 0);
    even.source[i] = share < 0.5 ? segment : next;
  }
  return even;
}

/** The way of the pen along a stroke, in its unit. */
export function lengthOf({ x, y }: Path): number {
  return lengths(x, y).at(-1) ?? 0;
}

/** For each point the length of the path up to it. */
function lengths(x: Float32Array, y: Float32Array): Float64Array {
  const along = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++) {
    const distance = distanceOf((x[i] ?? 0) - (x[i - 1] ?? 0), (y[i] ?? 0) - (y[i - 1] ?? 0));
    along[i] = (along[i - 1] ?? 0) + distance;
  }
  return along;
}
