import * as z from 'zod';

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
