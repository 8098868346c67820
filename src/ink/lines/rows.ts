import { smallestOf } from '../../base/vectors';
import { extentOf, type Extent } from './extent';
import type { Guide } from './guide';
import { lineHeight } from './lineHeight';
import type { Path } from './path';

/** Sizes in heights of the line. Ink that is lower together is one row. */
const ONE_ROW = 1.7;
/** Lower strokes are marks: dots, dashes, commas, which go to the row that they are nearest to. */
const MARK = 0.35;
/** The middles of strokes beside each other are within this distance: an l and a y, tall brackets. */
const BESIDE = 0.95;
/** Strokes that overlap by more than this share of the lower one are beside each other from twice as far. */
const OVERLAP = 0.5;
const SIDE_BY_SIDE = 0.5;
/** A row may climb or fall by so much a height, which counts for so many heights of white at most. */
const SLOPE = 0.08;
const FARTHEST = 8;
/** The row of the stroke before is so much nearer for a mark: dots and bars follow their letter. */
const SAME_ROW = 0.4;
/** So many strokes beside a stroke say where its row is. */
const NEIGHBORS = 3;

/** Strokes of a row, in the order that they were drawn in. */
interface Row {
  strokes: number[];
}

/**
 * The rows of ink that is written in several lines one below the other.
 *
 * @param paths of the strokes, y down; those without points are in no row
 * @param guide the lines that the ink was written on, where they are known
 * @returns for each row its strokes in the order that they were drawn in, the highest row first
 */
export function rowsOf(paths: readonly Path[], guide?: Guide): number[][] {
  const written = [...paths.keys()].filter((stroke) => (paths[stroke]?.x.length ?? 0) > 0);
  const extents = paths.map(extentOf);
  const height = lineHeight(
    written.map((stroke) => paths[stroke] as Path),
    guide,
  );
  if (heightOf(together(extents, written)) < ONE_ROW * height) return written.length > 0 ? [written] : [];
  const bodies = written.filter((stroke) => heightOf(extents[stroke] as Extent) >= MARK * height);
  const rows: Row[] = [];
  for (const stroke of bodies) {
    const row = rowBeside(rows, extents, stroke, height);
    if (row) row.strokes.push(stroke);
    else rows.push({ strokes: [stroke] });
  }
  if (rows.length < 2) return [written];
  const lines = onGuideLines(withoutInterludes(rows), extents, guide);
  addMarks(lines, extents, written, height);
  return lines
    .map(({ strokes }) => strokes.sort((a, b) => a - b))
    .sort((a, b) => middleOf(extents, a) - middleOf(extents, b));
}

/** The row whose strokes stand beside a stroke; nothing where it begins a row. */
function rowBeside(
  rows: readonly Row[],
  extents: readonly Extent[],
  stroke: number,
  height: number,
): Row | undefined {
  const own = extents[stroke] as Extent;
  let nearest = 1;
  let found: Row | undefined;
  for (const row of rows) {
    const neighbors = nearestInRow(row.strokes, extents, own);
    const [first] = neighbors;
    if (first === undefined) continue;
    const white = Math.min(FARTHEST * height, gapBetween(own, extents[first] as Extent));
    const distance = Math.abs(middleY(own) - middleOf(extents, neighbors));
    const beside = overlapOf(own, together(extents, neighbors)) > OVERLAP ? SIDE_BY_SIDE : 1;
    const share = (beside * distance) / (BESIDE * height + SLOPE * white);
    if (share >= nearest) continue;
    nearest = share;
    found = row;
  }
  return found;
}

/** The strokes of a row that stand nearest to a place along it, nearest first. */
function nearestInRow(strokes: readonly number[], extents: readonly Extent[], place: Extent): number[] {
  const nearest: { stroke: number; gap: number }[] = [];
  for (const stroke of strokes) {
    const gap = gapBetween(place, extents[stroke] as Extent);
    if (nearest.length === NEIGHBORS && gap >= (nearest.at(-1)?.gap ?? 0)) continue;
    const at = nearest.findIndex((each) => each.gap > gap);
    nearest.splice(at < 0 ? nearest.length : at, 0, { stroke, gap });
    if (nearest.length > NEIGHBORS) nearest.pop();
  }
  return nearest.map(({ stroke }) => stroke);
}

/**
 * Puts what was drawn within a row into it: a power or a fraction is begun and ended before its line goes on, but a row
 * of its own is not.
 */
function withoutInterludes(rows: readonly Row[]): Row[] {
  const kept: Row[] = [];
  for (const row of rows) {
    const [first = 0, last = 0] = [row.strokes[0], row.strokes.at(-1)];
    const around = rows.find(
      ({ strokes }) =>
        strokes.length > 3 * row.strokes.length && (strokes[0] ?? 0) < first && (strokes.at(-1) ?? 0) > last,
    );
    if (around) around.strokes = [...around.strokes, ...row.strokes];
    else kept.push(row);
  }
  return kept;
}

/** Rows that stand on the same guide line are one. */
function onGuideLines(rows: readonly Row[], extents: readonly Extent[], guide: Guide | undefined): Row[] {
  const lines = new Map<number, Row>();
  for (const [index, row] of rows.entries()) {
    const line = guide?.pitch ? guideLineOf(bottomOf(extents, row.strokes), guide) : index;
    const there = lines.get(line);
    if (there) there.strokes = [...there.strokes, ...row.strokes];
    else lines.set(line, row);
  }
  return [...lines.values()];
}

/** Which of the guide lines a row stands on, from the first. */
function guideLineOf(bottom: number, { baseline, pitch = 1 }: Guide): number {
  return Math.round((bottom - baseline) / pitch);
}

/**
 * The guide lines of one of several rows.
 *
 * @returns nothing where it is not the first and nobody knows how far apart they are
 */
export function guideOfRow(paths: readonly Path[], row: number, guide: Guide | undefined): Guide | undefined {
  if (!guide) return undefined;
  const { baseline, xHeight, pitch } = guide;
  if (pitch === undefined) return row === 0 ? guide : undefined;
  const bottom = bottomOf(paths.map(extentOf), [...paths.keys()]);
  return { baseline: baseline + pitch * guideLineOf(bottom, guide), xHeight };
}

/** Where most of the strokes end below. */
function bottomOf(extents: readonly Extent[], strokes: readonly number[]): number {
  const bottoms = strokes.map((stroke) => extents[stroke]?.bottom ?? 0).sort((a, b) => a - b);
  return bottoms[bottoms.length >> 1] ?? 0;
}

/** Gives each mark to the row that it is nearest to. */
function addMarks(
  rows: readonly Row[],
  extents: readonly Extent[],
  written: readonly number[],
  height: number,
): void {
  const rowOf = new Map(rows.flatMap((row) => row.strokes.map((stroke) => [stroke, row] as const)));
  const bodies = rows.map(({ strokes }) => [...strokes]);
  let before = rows[0];
  for (const stroke of written) {
    const own = rowOf.get(stroke);
    if (!own) {
      const place = extents[stroke] as Extent;
      const costs = bodies.map((body, index) => {
        const distances = body.map((each) => distanceBetween(place, extents[each] as Extent));
        return smallestOf(distances) - (rows[index] === before ? SAME_ROW * height : 0);
      });
      rows[costs.indexOf(smallestOf(costs))]?.strokes.push(stroke);
    } else {
      before = own;
    }
  }
}

function together(extents: readonly Extent[], strokes: readonly number[]): Extent {
  const own = strokes.map((stroke) => extents[stroke] as Extent);
  return {
    left: own.reduce((least, { left }) => Math.min(least, left), Infinity),
    right: own.reduce((most, { right }) => Math.max(most, right), -Infinity),
    top: own.reduce((least, { top }) => Math.min(least, top), Infinity),
    bottom: own.reduce((most, { bottom }) => Math.max(most, bottom), -Infinity),
    length: 0,
  };
}

const heightOf = ({ top, bottom }: Extent): number => bottom - top;
const middleY = ({ top, bottom }: Extent): number => (top + bottom) / 2;
const gapBetween = (a: Extent, b: Extent): number => Math.max(0, a.left - b.right, b.left - a.right);
const distanceBetween = (a: Extent, b: Extent): number =>
  gapBetween(a, b) + Math.max(0, a.top - b.bottom, b.top - a.bottom);
/** How much of the height of the lower of two is beside the other. */
const overlapOf = (a: Extent, b: Extent): number =>
  (Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)) / Math.min(heightOf(a), heightOf(b));
const middleOf = (extents: readonly Extent[], strokes: readonly number[]): number =>
  strokes.reduce((sum, stroke) => sum + middleY(extents[stroke] as Extent), 0) / strokes.length;
