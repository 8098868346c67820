import type { Ink } from '../ink';

/** The points of a stroke, as two lists of one length. */
export interface Path {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** The strokes of ink as paths; points that are not finite are left out. */
export function pathsOf(ink: Ink): Path[] {
  return ink.map((stroke) => {
    const points = stroke.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
    return {
      x: Float32Array.from(points, ([x]) => x),
      y: Float32Array.from(points, ([, y]) => y),
    };
  });
}
