/** Side lengths in pixels. */
export interface PictureSize {
  readonly height: number;
  readonly width: number;
}

/** Which pixels of a line make one of the scaled line, and by what share each. */
interface Tap {
  readonly from: number;
  readonly shares: readonly number[];
}

/**
 * Pictures in another size: linear between pixels when enlarged, the mean over each pixel's area when reduced, so that
 * thin lines stay.
 *
 * @param pixels [count, height, width] gray values 0 to 255
 * @returns the same pictures in the size `to`; the very same array where the sizes agree
 */
export function scalePictures(
  pixels: Uint8Array,
  count: number,
  from: PictureSize,
  to: PictureSize,
): Uint8Array {
  if (from.height === to.height && from.width === to.width) return pixels;
  const rows = tapsOf(from.height, to.height);
  const columns = tapsOf(from.width, to.width);
  const scaled = new Uint8Array(count * to.height * to.width);
  for (let picture = 0; picture < count; picture++) {
    const start = picture * from.height * from.width;
    const source = pixels.subarray(start, start + from.height * from.width);
    scaled.set(scaleOne(source, from.width, rows, columns), picture * to.height * to.width);
  }
  return scaled;
}

function scaleOne(
  source: Uint8Array,
  width: number,
  rows: readonly Tap[],
  columns: readonly Tap[],
): Uint8Array {
  const scaled = new Uint8Array(rows.length * columns.length);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      let sum = 0;
      row.shares.forEach((down, i) => {
        const line = (row.from + i) * width + column.from;
        column.shares.forEach((across, j) => (sum += down * across * (source[line + j] ?? 0)));
      });
      scaled[y * columns.length + x] = Math.round(sum);
    });
  });
  return scaled;
}

/** A tent as wide as the larger of the two pixels, around the middle of each pixel of the scaled line. */
function tapsOf(from: number, to: number): Tap[] {
  const step = from / to;
  const reach = Math.max(1, step);
  return Array.from({ length: to }, (_, at) => {
    const middle = (at + 0.5) * step - 0.5;
    const first = Math.max(0, Math.ceil(middle - reach));
    const last = Math.min(from - 1, Math.floor(middle + reach));
    const weights = Array.from({ length: last - first + 1 }, (_, i) =>
      Math.max(0, 1 - Math.abs(first + i - middle) / reach),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { from: first, shares: weights.map((weight) => weight / total) };
  });
}
