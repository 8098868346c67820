import type { Ink, Stroke } from '../../../src/protocol/ink';
import { boxOf, heightOf, widthOf } from '../box';
import { crossings, passesAlong } from './shape';
import { neighbor, rearranged, restOfRow, type Written } from './written';

/** Passes to and fro that a zigzag has at least, by its direction: more than `8` and `3` to the side, than `w` and `m` up and down. */
const DIRECTIONS = [
  { along: [1, 0], passes: 5 },
  { along: [Math.SQRT1_2, -Math.SQRT1_2], passes: 6 },
  { along: [Math.SQRT1_2, Math.SQRT1_2], passes: 6 },
  { along: [0, 1], passes: 7 },
] as const;
/** A pass counts where it is at least this share of the longest one. */
const WHOLE_PASS = 0.45;
/** Of the longest extent: what is less is a tremble and no turn. */
const TREMBLE = 0.2;
/** Zigzags cross what they delete at least so often. */
const CROSSINGS = 3;
/** What a zigzag deletes takes at least this share of its width: joined writing that touches a character goes on. */
const FILLED = 0.5;
/** A character goes where this share of its points lies under the zigzag. */
const UNDER = 0.5;

/**
 * The characters that a stroke scratches out: a zigzag of several passes across existing ink.
 *
 * @returns nothing where it is no such zigzag, but writing
 */
export function scratchedOut(stroke: Stroke, on: Written): Set<number> {
  if (!isZigzag(stroke) || crossings(stroke, on.ink) < CROSSINGS) return new Set();
  const gone = under(stroke, on);
  const boxes = [...gone].flatMap((at) => on.boxes[at] ?? []);
  const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
  return width >= FILLED * widthOf(boxOf([stroke])) ? gone : new Set();
}

/** The characters that the pen's eraser went over. */
export function wipedOut(stroke: Stroke, on: Written): Set<number> {
  const gone = under(stroke, on);
  on.ink.forEach((other, at) => {
    for (let point = 1; point < other.length; point++) {
      const owner = on.owners[at]?.[point];
      if (owner === undefined || gone.has(owner)) continue;
      if (crossings(stroke, [other.slice(point - 1, point + 1)]) > 0) gone.add(owner);
    }
  });
  return gone;
}

/** The ink without these characters; what follows in their row closes up, and keeps the wider one of two gaps. */
export function closedUp(on: Written, gone: ReadonlySet<number>): Ink {
  const [first, last] = [Math.min(...gone), Math.max(...gone)];
  const [before, after] = [neighbor(on, first, -1), neighbor(on, last, 1)];
  const rest = after === undefined ? new Set<number>() : restOfRow(on, after);
  const move = before === undefined || after === undefined ? 0 : -tooWide(on, { before, first, last, after });
  return rearranged(on, (character) => {
    if (gone.has(character)) return undefined;
    return rest.has(character) ? move : 0;
  });
}

/** By how much the hole that characters leave is wider than the wider one of the gaps about them. */
function tooWide(
  { boxes }: Written,
  at: { before: number; first: number; last: number; after: number },
): number {
  const left = (character: number) => boxes[character]?.left ?? 0;
  const right = (character: number) => boxes[character]?.right ?? 0;
  const gap = Math.max(left(at.first) - right(at.before), left(at.after) - right(at.last), 0);
  return Math.max(0, left(at.after) - right(at.before) - gap);
}

function isZigzag(stroke: Stroke): boolean {
  return DIRECTIONS.some(({ along, passes }) => {
    const all = passesAlong(stroke, along, TREMBLE);
    const longest = Math.max(...all);
    return all.filter((pass) => pass >= WHOLE_PASS * longest).length >= passes;
  });
}

function under(stroke: Stroke, on: Written): Set<number> {
  const box = boxOf([stroke]);
  const margin = 0.1 * Math.max(widthOf(box), heightOf(box));
  const counts = on.characters.map(() => ({ all: 0, under: 0 }));
  on.ink.forEach((other, at) =>
    other.forEach(([x, y], point) => {
      const count = counts[on.owners[at]?.[point] ?? -1];
      if (!count) return;
      count.all++;
      const isInside =
        x >= box.left - margin &&
        x <= box.right + margin &&
        y >= box.top - margin &&
        y <= box.bottom + margin;
      if (isInside) count.under++;
    }),
  );
  return new Set(counts.flatMap(({ all, under }, at) => (all > 0 && under >= UNDER * all ? [at] : [])));
}
