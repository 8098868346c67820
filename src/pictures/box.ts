/** Where something stands in a picture, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  /** The first column and row beyond it. */
  readonly right: number;
  readonly bottom: number;
}

/** The box around pixels. */
export function boundsOf(pixels: readonly number[], width: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const at of pixels) {
    const column = at % width;
    const row = (at - column) / width;
    left = Math.min(left, column);
    top = Math.min(top, row);
    right = Math.max(right, column + 1);
    bottom = Math.max(bottom, row + 1);
  }
  return { left, top, right, bottom };
}
