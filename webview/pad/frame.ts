import * as z from 'zod/mini';
import type { Ink, Point } from '../../src/protocol/ink';
import { boxOf } from './box';

export const sizeSchema = z.object({
  width: z.number().check(z.positive()),
  height: z.number().check(z.positive()),
});

/** In CSS pixels. */
export type Size = z.infer<typeof sizeSchema>;

/** Where a frame lies on the pad: scaled about its corner, then moved. */
export interface Fit {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** A place or a way, in the unit of what it is on. */
export const placeSchema = z.object({ x: z.number(), y: z.number() });
export type Place = z.infer<typeof placeSchema>;

/**
 * Fits the frame that ink was drawn in into the pad as it is now, from the corner that is in sight.
 * The ink itself keeps its coordinates, so resizing back and forth loses nothing.
 */
export function fit(frame: Size, pad: Size, offset: Place): Fit {
  const scale = Math.min(pad.width / frame.width, pad.height / frame.height);
  return { scale, left: -offset.x * scale, top: -offset.y * scale };
}

/** The frame's coordinates of a place on the pad. */
export function toFrame({ scale, left, top }: Fit, x: number, y: number): [x: number, y: number] {
  return [(x - left) / scale, (y - top) / scale];
}

/** What ink of elsewhere takes of the paper. */
const SHARE = 0.6;
/** The longest side of it, in pixels: about a character of the pad. */
const LONGEST = 170;

/** Moves and scales ink of any unit into the middle of a paper, aspect kept; a line takes the width. */
export function fitInk(ink: Ink, paper: Size): { fitted: Ink; scale: number } {
  const { left, right, top, bottom } = boxOf(ink);
  const [width, height] = [Math.max(right - left, 1e-6), Math.max(bottom - top, 1e-6)];
  const side = Math.min(LONGEST, SHARE * Math.min(paper.width, paper.height));
  // a dot stays a dot
  const scale = Math.min(
    Math.max(side / Math.max(width, height), side / 3 / height),
    (SHARE * paper.height) / height,
    (0.9 * paper.width) / width,
  );
  const place = ([x, y, ...rest]: Point): Point => [
    (x - (left + right) / 2) * scale + paper.width / 2,
    (y - (top + bottom) / 2) * scale + paper.height / 2,
    ...rest,
  ];
  return { fitted: ink.map((stroke) => stroke.map(place)), scale };
}
