import { largestOf, smallestOf } from '../../base/vectors';
import type { Box } from '../box';

/** What stands on one line. */
export interface TextLine<T extends Box> {
  /** From left to right, by their middles. */
  readonly parts: readonly T[];
  /** How far the line falls a pixel to the right. */
  readonly slope: number;
}

/** Parts of at least this share of the usual height say where lines are; taller ones than this do not. */
const BODY = 0.45;
const TOO_TALL = 2.5;
/** Slopes that are tried: about 6 degrees to both sides, in steps. */
const STEEPEST = 0.105;
const SLOPES = 43;
/** A part whose middle is as near to a line's, in heights, stands on it. */
const NEAR = 0.75;
/** How quickly a line's middle follows its parts. */
const FOLLOW = 0.3;
/** A dot, a dash or a comma is no further from its line, in heights. */
const REACH = 1.3;
/** Where fewer parts than this, or a shorter line in heights, would tell a slope, the page's is taken. */
const LEAST_PARTS = 5;
const LEAST_LENGTH = 5;
/** Dots stand above their letters: a line's ink above its middle counts as nearer by this factor than below. */
const ABOVE = 0.8;

const middleX = ({ left, right }: Box) => (left + right) / 2;
const middleY = ({ top, bottom }: Box) => (top + bottom) / 2;

/**
 * Finds the lines that parts stand on, from top to bottom; lines may slope, each by itself.
 *
 * @param height the usual height of a character
 */
export function textLines<T extends Box>(parts: readonly T[], height: number): TextLine<T>[] {
  const bodies = parts.filter(isBody(height));
  const anchors = bodies.length > 0 ? bodies : parts;
  const slope = commonSlope(anchors, height);
  const lines = joinSplit(follow(anchors, slope, height), height);
  const others = parts.filter((part) => !anchors.includes(part));
  for (const part of others) attach(part, lines, height);
  return lines
    .sort((a, b) => a.level - b.level)
    .map(({ members }) => ({
      parts: members.sort((a, b) => middleX(a) - middleX(b)),
      slope: slopeOf(members.filter(isBody(height)), slope, height),
    }));
}

const isBody =
  (height: number) =>
  ({ top, bottom }: Box) =>
    bottom - top >= BODY * height && bottom - top <= TOO_TALL * height;

/** A line while it is being found; levels are heights on the page once its common slope is taken out. */
interface Growing<T extends Box> {
  members: T[];
  /** The middle of the last parts, and of all. */
  current: number;
  level: number;
  readonly slope: number;
}

/** The slope at which the middles of parts gather in the fewest rows; a level one where many do as well. */
function commonSlope(parts: readonly Box[], height: number): number {
  let best = { slope: 0, gathered: -1 };
  for (let step = 0; step < SLOPES; step++) {
    // from level on to both sides
    const slope = (STEEPEST * Math.ceil(step / 2) * (step % 2 ? 1 : -1)) / (SLOPES >> 1);
    const rows = new Map<number, number>();
    for (const part of parts) {
      const at = (middleY(part) - slope * middleX(part)) / (height / 4);
      const row = Math.floor(at);
      // shared between two rows, or the rows' borders would decide
      rows.set(row, (rows.get(row) ?? 0) + 1 - (at - row));
      rows.set(row + 1, (rows.get(row + 1) ?? 0) + at - row);
    }
    const gathered = [...rows.values()].reduce((sum, count) => sum + count * count, 0);
    if (gathered > 1.05 * best.gathered) best = { slope, gathered };
  }
  return best.slope;
}

/** Goes from left to right and puts each part on the line that it is nearest to. */
function follow<T extends Box>(parts: readonly T[], slope: number, height: number): Growing<T>[] {
  const lines: Growing<T>[] = [];
  for (const part of parts.toSorted((a, b) => middleX(a) - middleX(b))) {
    const level = middleY(part) - slope * middleX(part);
    const nearest = least(lines, (line) => Math.abs(line.current - level));
    if (nearest && Math.abs(nearest.current - level) <= NEAR * height) {
      nearest.current += FOLLOW * (level - nearest.current);
      nearest.members.push(part);
    } else {
      lines.push({ members: [part], current: level, level, slope });
    }
  }
  for (const line of lines)
    line.level = mean(line.members.map((part) => middleY(part) - slope * middleX(part)));
  return lines;
}

/** Puts lines together that run at the same level. */
function joinSplit<T extends Box>(lines: readonly Growing<T>[], height: number): Growing<T>[] {
  const joined: Growing<T>[] = [];
  for (const line of lines.toSorted((a, b) => b.members.length - a.members.length)) {
    const other = joined.find(({ level }) => Math.abs(level - line.level) < NEAR * 0.7 * height);
    if (other) other.members = [...other.members, ...line.members];
    else joined.push(line);
  }
  return joined;
}

/** Puts a small or very tall part on the line whose parts next to it are nearest; far from every line it is left out. */
function attach<T extends Box>(part: T, lines: readonly Growing<T>[], height: number): void {
  const distance = (line: Growing<T>) => {
    const neighbor = least(line.members, (member) => Math.abs(middleX(member) - middleX(part)));
    if (!neighbor) return Infinity;
    const slanted = line.slope * (middleX(part) - middleX(neighbor));
    const below = middleY(part) - middleY(neighbor) - slanted;
    return below < 0 ? -below * ABOVE : below;
  };
  const nearest = least(lines, distance);
  if (nearest && distance(nearest) <= REACH * height) nearest.members.push(part);
}

function slopeOf(parts: readonly Box[], usual: number, height: number): number {
  const xs = parts.map(middleX);
  const length = largestOf(xs) - smallestOf(xs);
  if (parts.length < LEAST_PARTS || length < LEAST_LENGTH * height) return usual;
  const [x, y] = [mean(xs), mean(parts.map(middleY))];
  const along = parts.reduce((sum, part) => sum + (middleX(part) - x) ** 2, 0);
  const fall = parts.reduce((sum, part) => sum + (middleX(part) - x) * (middleY(part) - y), 0);
  return Math.max(-2 * STEEPEST, Math.min(2 * STEEPEST, fall / along));
}

function least<T>(items: readonly T[], measure: (item: T) => number): T | undefined {
  let best: { item: T; value: number } | undefined;
  for (const item of items) {
    const value = measure(item);
    if (!best || value < best.value) best = { item, value };
  }
  return best?.item;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
