import type { Ink, Stroke } from '../../../src/protocol/ink';
import { type Box, boxOf, heightOf, middleOf, widthOf } from '../box';
import { passesAlong, straightness } from './shape';
import { neighbor, rearranged, restOfRow, type Written } from './written';

/** Width of an opened gap, in heights of small letters: a space, and room for a character. */
const GAP = 1.6;
/** A line between characters is a gap where it is straight, upright and longer than any letter. */
const STRAIGHT = 0.93;
const UPRIGHT = 0.25;
const LONG = 2.9;
/** Legs of a caret: both go at least this share of the height. */
const LEG = 0.5;
const CARET_WIDTH = 1.6;
const CARET_HEIGHT = 1.3;
/** A gap that is wider than this is one already. */
const ALREADY = 0.9;

/**
 * The character before which a stroke opens a gap: a long upright line between two characters, or a caret below or above
 * the place between them.
 *
 * @param xHeight height of small letters
 */
export function gapBefore(stroke: Stroke, on: Written, xHeight: number): number | undefined {
  const box = boxOf([stroke]);
  const x = middleOf(box);
  const between = placeBetween(on, x, box);
  if (!between || between.gap > ALREADY * xHeight) return undefined;
  return isLongLine(stroke, box, xHeight) || isCaret(stroke, box, between.row, xHeight)
    ? between.after
    : undefined;
}

/** The ink with a gap before a character: what follows in its row moves on. */
export function opened(on: Written, before: number, xHeight: number): Ink {
  const previous = neighbor(on, before, -1);
  const open = previous === undefined ? 0 : (on.boxes[before]?.left ?? 0) - (on.boxes[previous]?.right ?? 0);
  const rest = restOfRow(on, before);
  const move = Math.max(0, GAP * xHeight - open);
  return rearranged(on, (character) => (rest.has(character) ? move : 0), before);
}

interface Between {
  readonly after: number;
  readonly gap: number;
  /** What the two characters cover together. */
  readonly row: Box;
}

/** The two neighbors between whose middles x lies, in the row nearest to the box. */
function placeBetween(on: Written, x: number, box: Box): Between | undefined {
  let nearest: (Between & { far: number }) | undefined;
  for (const [at, left] of on.boxes.entries()) {
    const after = left && neighbor(on, at, 1);
    const right = after === undefined ? undefined : on.boxes[after];
    if (!left || !right || after === undefined || x < middleOf(left) || x > middleOf(right)) continue;
    const row = {
      left: left.left,
      right: right.right,
      top: Math.min(left.top, right.top),
      bottom: Math.max(left.bottom, right.bottom),
    };
    const far = Math.max(0, row.top - box.bottom, box.top - row.bottom);
    if (!nearest || far < nearest.far) nearest = { after, gap: right.left - left.right, row, far };
  }
  return nearest;
}

function isLongLine(stroke: Stroke, box: Box, xHeight: number): boolean {
  return (
    heightOf(box) >= LONG * xHeight &&
    widthOf(box) <= UPRIGHT * heightOf(box) &&
    straightness(stroke) >= STRAIGHT
  );
}

/** A small ^ that points up at the row from below, or v that points down at it from above. */
function isCaret(stroke: Stroke, box: Box, row: Box, xHeight: number): boolean {
  const height = heightOf(box);
  if (height > CARET_HEIGHT * xHeight || height < 0.25 * xHeight || widthOf(box) > CARET_WIDTH * xHeight)
    return false;
  const legs = passesAlong(stroke, [0, 1], 0.2).filter((leg) => leg >= LEG * height);
  const across = passesAlong(stroke, [1, 0], 0.2).filter((pass) => pass >= LEG * widthOf(box));
  if (legs.length !== 2 || across.length !== 1) return false;
  const start = stroke[0]?.[1] ?? 0;
  const pointsUp = box.bottom - start < start - box.top;
  const middle = (box.top + box.bottom) / 2;
  return pointsUp
    ? middle > row.bottom && box.top < row.bottom + xHeight
    : middle < row.top && box.bottom > row.top - xHeight;
}
