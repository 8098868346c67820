/**
 * The gray value between pixels, bilinearly; 0 outside of the picture.
 *
 * @param source height x width gray values from `from` on
 * @param x of a pixel's middle, in columns
 * @param y likewise, in rows
 */
export function grayAt(
  source: Uint8Array,
  from: number,
  x: number,
  y: number,
  height: number,
  width: number,
): number {
  if (x < 0 || y < 0 || x > width - 1 || y > height - 1) return 0;
  // the last pixel of a line is read as the far end of the one before it
  const column = Math.min(Math.floor(x), width - 2);
  const row = Math.min(Math.floor(y), height - 2);
  const index = from + row * width + column;
  const fx = x - column;
  const fy = y - row;
  const above = (source[index] as number) * (1 - fx) + (source[index + 1] as number) * fx;
  const below = (source[index + width] as number) * (1 - fx) + (source[index + width + 1] as number) * fx;
  return above * (1 - fy) + below * fy;
}
