import * as z from 'zod';
import type { Ink, Point } from '../../src/protocol/ink';

export const sizeSchema = z.object({ width: z.number().positive(), height: z.number().positive() });

/** In CSS pixels. */
export type Size = z.infer<typeof sizeSchema>;

/** Where a frame lies on the pad: scaled about its corner, then moved. */
export interface Fit {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/**
 * Fits the frame that ink was drawn in, whole and centred, into the pad as it is now.
 * The ink itself keeps its coordinates, so resizing back and forth loses nothing.
 */
export function fit(frame: Size, pad: Size): Fit {
  const scale = Math.min(pad.width / frame.width, pad.height / frame.height);
  return {
    scale,
    left: (pad.width - frame.width * scale) / 2,
    top: (pad.height - frame.height * scale) / 2,
  };
}

/** The frame's coordinates of a place on the pad. */
export function toFrame({ scale, left, top }: Fit, x: number, y: number): [x: number, y: number] {
  return [(x - left) / scale, (y - top) / scale];
}

/** Side of the frame that ink of other pads is fitted into, about that of the pad in a sidebar. */
const FRAME_SIDE = 280;
/** What a character takes of it, as people write on the pad. */
const SHARE = 0.6;

/** Moves and scales ink of any unit into a frame of the pad's size, aspect kept. */
export function fitInk(ink: Ink): { fitted: Ink; frame: Size; scale: number } {
  const points = ink.flat();
  const bounds = (axis: 0 | 1) => {
    const values = points.map((point) => point[axis]);
    const first = values.reduce((least, value) => Math.min(least, value), Infinity);
    return { first, length: values.reduce((most, value) => Math.max(most, value), -Infinity) - first };
  };
  const [x, y] = [bounds(0), bounds(1)];
  // a dot stays a dot
  const scale = (SHARE * FRAME_SIDE) / Math.max(x.length, y.length, 1e-6);
  const place = ([px, py, ...rest]: Point): Point => [
    (px - x.first - x.length / 2) * scale + FRAME_SIDE / 2,
    (py - y.first - y.length / 2) * scale + FRAME_SIDE / 2,
    ...rest,
  ];
  const frame = { width: FRAME_SIDE, height: FRAME_SIDE };
  return { fitted: ink.map((stroke) => stroke.map(place)), frame, scale };
}
