import type { Ink, Stroke } from '../../../src/protocol/ink';
import { boxOf, middleOf } from '../box';
import { rowOf, type Ruling } from '../ruling';

/** A gap with less white left, in heights of small letters, was filled: a character was inserted and no space. */
const LEFT_FREE = 1;

/** Strokes never change, and come back as they are with undo: so each is known by itself. */
const behindSpaces = new WeakSet<Stroke>();

/** A stroke with which a character begins that a space was drawn before. */
export function behindSpace(stroke: Stroke): Stroke {
  behindSpaces.add(stroke);
  return stroke;
}

/** Another stroke instead of one, as where it was moved. */
export function instead(stroke: Stroke, of: Stroke): Stroke {
  return behindSpaces.has(of) ? behindSpace(stroke) : stroke;
}

/** Which strokes a space was drawn before, whatever was written since; `behindSpace` is to be told of them again. */
export function strokesBehindSpaces(ink: Ink): number[] {
  return [...ink.keys()].filter((at) => {
    const stroke = ink[at];
    return stroke !== undefined && behindSpaces.has(stroke);
  });
}

/** Which strokes begin behind a space that was drawn, and into which nothing was written since. */
export function drawnSpaces(ink: Ink, ruling: Ruling): number[] {
  return strokesBehindSpaces(ink).filter((at) => {
    const stroke = ink[at];
    return stroke !== undefined && whiteBefore(ink, stroke, ruling) >= LEFT_FREE * ruling.xHeight;
  });
}

/** The white between a stroke and what stands before it in its row. */
function whiteBefore(ink: Ink, stroke: Stroke, ruling: Ruling): number {
  const own = boxOf([stroke]);
  const row = rowOf(ruling, own.top, own.bottom);
  const ends = ink
    .filter((other) => other !== stroke)
    .map((other) => boxOf([other]))
    .filter((box) => rowOf(ruling, box.top, box.bottom) === row && middleOf(box) < own.left)
    .map(({ right }) => right);
  return own.left - Math.max(...ends);
}
