import { extentOf, type Extent } from './extent';
import type { Path } from './path';

/** A part of a stroke, from a point up to but not including another, in its place in the order of reading. */
export interface Piece {
  /** Index of the stroke. */
  readonly stroke: number;
  readonly from: number;
  readonly to: number;
  /** It was drawn late and moved here. */
  readonly late: boolean;
}

/** Sizes in heights of the line. */
const MARK_HEIGHT = 1;
const MARK_LENGTH = 2.5;
/** A mark further from every stroke belongs to none. */
const NEAR = 0.8;
/** How much a distance in y counts against one in x: a dot hangs above its letter. */
const ACROSS = 0.5;
/** A stroke wider than this is joined writing, which a mark goes into the middle of. */
const JOINED_WIDTH = 1.2;
/** Joined writing that ends so far right of a mark went on before the mark was drawn. */
const WENT_ON = 0.4;

/** Where a late mark goes: behind a point of a stroke. */
interface Target {
  readonly stroke: number;
  readonly behind: number;
}

/** Strokes as they were drawn, whole. */
export function drawnOrder(strokes: readonly Path[]): Piece[] {
  return strokes.map(({ x }, stroke) => ({ stroke, from: 0, to: x.length, late: false }));
}

/**
 * Moves the dots and bars that were drawn late (an i's dot after the word) behind what they lie on: into the middle of a
 * joined stroke, behind one that is a letter by itself.
 *
 * @param strokes in heights of the line, each with one point at least
 */
export function readingOrder(strokes: readonly Path[]): Piece[] {
  const extents = strokes.map(extentOf);
  const marks: { mark: number; target: Target }[] = [];
  const late = new Set<number>();
  for (let mark = 1; mark < strokes.length; mark++) {
    const target = lateTarget(strokes, extents, late, mark);
    if (!target) continue;
    marks.push({ mark, target });
    late.add(mark);
  }
  return strokes.flatMap(({ x }, stroke) => {
    if (late.has(stroke)) return [];
    const own = marks.filter(({ target }) => target.stroke === stroke);
    own.sort((a, b) => a.target.behind - b.target.behind || a.mark - b.mark);
    return split(stroke, x.length, own, strokes);
  });
}

/** A stroke's pieces with the marks between them. */
function split(
  stroke: number,
  length: number,
  marks: readonly { mark: number; target: Target }[],
  strokes: readonly Path[],
): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { mark, target } of marks) {
    const to = target.behind + 1;
    if (to > from) pieces.push({ stroke, from, to, late: false });
    from = Math.max(from, to);
    pieces.push({ stroke: mark, from: 0, to: strokes[mark]?.x.length ?? 0, late: true });
  }
  if (from < length) pieces.push({ stroke, from, to: length, late: false });
  return pieces;
}

/** What a stroke belongs behind, where it is a mark that was drawn late. */
function lateTarget(
  strokes: readonly Path[],
  extents: readonly Extent[],
  late: ReadonlySet<number>,
  mark: number,
): Target | undefined {
  const own = extents[mark];
  if (!own || own.bottom - own.top > MARK_HEIGHT || own.length > MARK_LENGTH) return undefined;
  const x = (own.left + own.right) / 2;
  const y = (own.top + own.bottom) / 2;
  const nearest = nearestPoint(strokes, extents, late, mark, x, y);
  if (!nearest) return undefined;
  const { stroke, point } = nearest;
  const base = extents[stroke] as Extent;
  const joined = base.right - base.left > JOINED_WIDTH;
  const wentOn = joined && base.right > own.right + WENT_ON;
  if (!wentOn && !isWrittenRightOf(extents, late, stroke, mark)) return undefined;
  const path = strokes[stroke] as Path;
  return { stroke, behind: joined ? nextBottom(path, point) : path.x.length - 1 };
}

/** Whether a stroke between two others lies right of the later one. */
function isWrittenRightOf(
  extents: readonly Extent[],
  late: ReadonlySet<number>,
  stroke: number,
  mark: number,
): boolean {
  const own = extents[mark] as Extent;
  const x = (own.left + own.right) / 2;
  for (let between = stroke + 1; between < mark; between++) {
    const { left, right } = extents[between] as Extent;
    if (!late.has(between) && left > x && right > own.right) return true;
  }
  return false;
}

function nearestPoint(
  strokes: readonly Path[],
  extents: readonly Extent[],
  late: ReadonlySet<number>,
  before: number,
  x: number,
  y: number,
): { stroke: number; point: number } | undefined {
  let best = NEAR;
  let found: { stroke: number; point: number } | undefined;
  for (let stroke = 0; stroke < before; stroke++) {
    const { left, right } = extents[stroke] as Extent;
    if (late.has(stroke) || left > x + NEAR || right < x - NEAR) continue;
    const path = strokes[stroke] as Path;
    for (let point = 0; point < path.x.length; point++) {
      const distance = Math.abs((path.x[point] ?? 0) - x) + ACROSS * Math.abs((path.y[point] ?? 0) - y);
      if (distance >= best) continue;
      best = distance;
      found = { stroke, point };
    }
  }
  return found;
}

/** The point at or behind another from which the pen goes up again, y down. */
function nextBottom({ y }: Path, point: number): number {
  let at = point;
  while (at + 1 < y.length && (y[at + 1] ?? 0) >= (y[at] ?? 0)) at++;
  return at;
}
