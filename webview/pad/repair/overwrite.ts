import type { Ink } from '../../../src/protocol/ink';
import { type Box, boxOf, heightOf, middleOf, widthOf } from '../box';
import { straightness } from './shape';
import { rearranged, type Written } from './written';

/** A character is written over where at least this share of its width and height is covered. */
const COVERED = 0.65;
/** What replaces a character is at most so many times as wide and high as it: a capital replaces a small letter. */
const WIDER = 1.7;
const HIGHER = 2;
/** Strokes that are straighter are bars: they go on a character that is there, as those of t, Q and x. */
const BAR = 0.78;

/**
 * The character that strokes were written over, if they replace one: they cover it and nothing else, are as large as it,
 * and are more than a bar upon it. A character that is one bar itself is not replaced, for a second stroke makes another
 * one of it, as of the first stroke of x.
 *
 * @param strokes drawn since the pen rested
 * @param on what was there before
 */
export function overwritten(strokes: Ink, on: Written): number | undefined {
  if (strokes.length === 0 || isBar(strokes)) return undefined;
  const box = boxOf(strokes);
  const covered = on.boxes.flatMap((other, at) => (other && covers(box, other) ? [at] : []));
  const [character] = covered;
  if (character === undefined || covered.length > 1 || touchesOthers(box, on, character)) return undefined;
  return isBar(strokesOf(on, character)) ? undefined : character;
}

/** The ink with strokes in place of a character. */
export function replaced(on: Written, character: number, strokes: Ink): Ink {
  return [...rearranged(on, (each) => (each === character ? undefined : 0)), ...strokes];
}

function covers(box: Box, other: Box): boolean {
  const shared = (from: number, to: number, start: number, end: number) =>
    Math.max(0, Math.min(to, end) - Math.max(from, start));
  const wide = shared(box.left, box.right, other.left, other.right);
  const high = shared(box.top, box.bottom, other.top, other.bottom);
  return (
    wide >= COVERED * widthOf(other) &&
    high >= COVERED * heightOf(other) &&
    widthOf(box) <= WIDER * widthOf(other) &&
    heightOf(box) <= HIGHER * heightOf(other)
  );
}

/** Whether the middle of another character lies under the box: then it is a line upon a line, and no repair. */
function touchesOthers(box: Box, on: Written, character: number): boolean {
  return on.boxes.some((other, at) => {
    if (!other || at === character) return false;
    const middle = middleOf(other);
    const isBeside = middle < box.left || middle > box.right;
    return !isBeside && other.top < box.bottom && other.bottom > box.top;
  });
}

function strokesOf(on: Written, character: number): Ink {
  return rearranged(on, (each) => (each === character ? 0 : undefined));
}

function isBar(strokes: Ink): boolean {
  const [stroke, ...others] = strokes;
  return stroke !== undefined && others.length === 0 && straightness(stroke) >= BAR;
}
