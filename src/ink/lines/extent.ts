import type { Path } from './path';

/** Bounds of a stroke and the way that the pen went, in the stroke's unit, y down. */
export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly length: number;
}

/** @param path with one point at least */
export function extentOf({ x, y }: Path): Extent {
  let [left, right, top, bottom, length] = [Infinity, -Infinity, Infinity, -Infinity, 0];
  for (let i = 0; i < x.length; i++) {
    const [px = 0, py = 0] = [x[i], y[i]];
    left = Math.min(left, px);
    right = Math.max(right, px);
    top = Math.min(top, py);
    bottom = Math.max(bottom, py);
    if (i > 0) length += distanceOf(px - (x[i - 1] ?? 0), py - (y[i - 1] ?? 0));
  }
  return { left, right, top, bottom, length };
}

/** The length of a way; `Math.hypot` takes ten times as long. */
export function distanceOf(dx: number, dy: number): number {
  return Math.sqrt(dx * dx + dy * dy);
}
