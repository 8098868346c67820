/** A picture of two values, row by row: 1 where there is ink. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly ink: Uint8Array;
}

/**
 * Thins strokes to lines of one pixel that hang together as they did (Guo and Hall 1989, parallel thinning with two
 * subiterations, algorithm A1).
 *
 * @param bitmap with no ink on its outermost pixels
 */
export function skeletonOf({ width, height, ink }: Bitmap): Bitmap {
  const thin = ink.slice();
  let left = [...thin.keys()].filter((at) => thin[at] === 1);
  for (let changed = true; changed;) {
    changed = false;
    for (const second of [false, true]) {
      const gone = left.filter((at) => isRemovable(thin, width, at, second));
      for (const at of gone) thin[at] = 0;
      changed ||= gone.length > 0;
    }
    left = left.filter((at) => thin[at] === 1);
  }
  return { width, height, ink: thin };
}

function isRemovable(thin: Uint8Array, width: number, at: number, second: boolean): boolean {
  if (thin[at] === 0) return false;
  // clockwise from above
  const p2 = thin[at - width] ?? 0;
  const p3 = thin[at - width + 1] ?? 0;
  const p4 = thin[at + 1] ?? 0;
  const p5 = thin[at + width + 1] ?? 0;
  const p6 = thin[at + width] ?? 0;
  const p7 = thin[at + width - 1] ?? 0;
  const p8 = thin[at - 1] ?? 0;
  const p9 = thin[at - width - 1] ?? 0;
  const crossings =
    ((1 - p2) & (p3 | p4)) + ((1 - p4) & (p5 | p6)) + ((1 - p6) & (p7 | p8)) + ((1 - p8) & (p9 | p2));
  if (crossings !== 1) return false;
  const pairs = Math.min(
    (p9 | p2) + (p3 | p4) + (p5 | p6) + (p7 | p8),
    (p2 | p3) + (p4 | p5) + (p6 | p7) + (p8 | p9),
  );
  if (pairs < 2 || pairs > 3) return false;
  return second ? ((p6 | p7 | (1 - p9)) & p8) === 0 : ((p2 | p3 | (1 - p5)) & p4) === 0;
}
