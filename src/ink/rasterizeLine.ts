import { drawInk, type PictureShape } from './drawInk';
import type { Ink } from './ink';
import { boundsOf } from './rasterize';

/** Of the picture's height: width of a line, over how much it fades out, and what stays empty on every side. */
const LINE = 0.06;
const EDGE = 0.04;
const BORDER = 0.06;
/** Lines are drawn no thinner and no sharper than this, in pixels. */
const LEAST = 1.5;
/** Share of some lines that are no wider than the usual one. */
const USUAL = 0.8;

/**
 * Draws the ink of a word or a line in its own shape: as large as it fits into the picture, aspect kept, centered.
 *
 * @returns height x width gray values, 0 background to 255 ink, row by row
 * @throws InkError where the ink has no point, or a coordinate that is not a finite number
 */
export function rasterizeLine(ink: Ink, shape: PictureShape): Uint8Array {
  const { left, top, right, bottom } = boundsOf(ink);
  const pen = { width: Math.max(LEAST, LINE * shape.height), edge: Math.max(LEAST, EDGE * shape.height) };
  const free = 2 * BORDER * shape.height + pen.width;
  const scale = Math.min(
    (shape.width - free) / Math.max(right - left, Number.MIN_VALUE),
    (shape.height - free) / Math.max(bottom - top, Number.MIN_VALUE),
  );
  const from = { x: left + (right - left) / 2, y: top + (bottom - top) / 2 };
  const to = { x: shape.width / 2, y: shape.height / 2 };
  // a dot has no size that could be scaled
  return drawInk(ink, shape, { scale: Number.isFinite(scale) ? scale : 0, from, to }, pen);
}

/**
 * How much wider than high most of some lines are, so that a picture of that shape suits them.
 *
 * @returns 1 to `most`; 1 where there is none
 */
export function usualAspect(inks: readonly Ink[], most: number): number {
  const aspects = inks
    .filter((ink) => ink.some((stroke) => stroke.length > 0))
    .map((ink) => {
      const { left, top, right, bottom } = boundsOf(ink);
      return (right - left) / Math.max(bottom - top, Number.MIN_VALUE);
    })
    .sort((a, b) => a - b);
  const usual = aspects[Math.floor(USUAL * aspects.length)] ?? 1;
  return Math.min(most, Math.max(1, usual));
}
