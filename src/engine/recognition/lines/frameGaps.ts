import type { Ink } from '../../../ink/ink';

/** Points `from` to `to`, both too, of a stroke. */
export interface PointSpan {
  readonly stroke: number;
  readonly from: number;
  readonly to: number;
}

/** A letter may begin in its middle and go left first: so many pieces are looked at for where it begins. */
const AHEAD = 5;

/**
 * How far each frame's ink begins behind the end of all ink before it, in heights of the line: above 0 where there is
 * white between them, below 0 where they overlap. What the first ink begins behind is nothing: it has -Infinity.
 *
 * @param framePoints for each frame the points of the ink that it was read from, a span for each stroke: where a stroke
 *   ends within a frame, what is white lies within it too
 * @param height of the line, in the ink's unit
 */
export function frameGaps(
  ink: Ink,
  framePoints: readonly (readonly PointSpan[])[],
  height: number,
): Float32Array {
  const extents = framePoints.flatMap((spans) => spans.map((span) => extent(ink, span)));
  const gaps = new Float32Array(framePoints.length).fill(-Infinity);
  let end = -Infinity;
  let piece = 0;
  framePoints.forEach((spans, frame) => {
    for (const next = piece + spans.length; piece < next; piece++) {
      let begin = Infinity;
      for (let ahead = piece; ahead < Math.min(piece + AHEAD, extents.length); ahead++) {
        begin = Math.min(begin, extents[ahead]?.[0] ?? Infinity);
      }
      if (end > -Infinity) gaps[frame] = Math.max(gaps[frame] ?? 0, (begin - end) / height);
      end = Math.max(end, extents[piece]?.[1] ?? 0);
    }
  });
  return gaps;
}

function extent(ink: Ink, { stroke, from, to }: PointSpan): [left: number, right: number] {
  let left = Infinity;
  let right = -Infinity;
  for (const [x] of ink[stroke]?.slice(from, to + 1) ?? []) {
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  return [left, right];
}
