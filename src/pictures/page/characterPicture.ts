import { boundsOf } from '../box';
import { shrink } from '../photograph';
import type { PenMask } from './penMask';

/** Pixels around a stroke that hold its blur. */
const HALO = 2;

/**
 * One character as the network's input, made as EMNIST made its own, from its own pixels alone: neighbors that stand
 * in its box are left out.
 *
 * @param own indices of its pixels on the page
 * @returns 28x28 gray values, 0 background to 255 ink
 */
export function characterPicture(mask: PenMask, own: readonly number[]): Uint8Array {
  const box = boundsOf(own, mask.width);
  const left = box.left - HALO;
  const top = box.top - HALO;
  const width = box.right - left + HALO;
  const height = box.bottom - top + HALO;
  const pixels = new Float32Array(width * height);
  for (const at of own) {
    const column = at % mask.width;
    copyAround(mask, column, (at - column) / mask.width, { left, top, width, pixels });
  }
  for (const at of own) {
    const column = at % mask.width;
    pixels[((at - column) / mask.width - top) * width + column - left] = mask.pen[at] ?? 0;
  }
  const crop = { left: HALO, top: HALO, width: width - 2 * HALO, height: height - 2 * HALO };
  return shrink({ width, height, pixels }, crop, mask.threshold);
}

/** Copies the paper around a pixel of ink, which holds the stroke's blur, but no other ink. */
function copyAround(
  { width, height, pen, ink }: PenMask,
  column: number,
  row: number,
  to: { left: number; top: number; width: number; pixels: Float32Array },
): void {
  for (let r = Math.max(0, row - HALO); r <= Math.min(height - 1, row + HALO); r++) {
    for (let c = Math.max(0, column - HALO); c <= Math.min(width - 1, column + HALO); c++) {
      const at = r * width + c;
      if (!ink[at]) to.pixels[(r - to.top) * to.width + c - to.left] = pen[at] ?? 0;
    }
  }
}
