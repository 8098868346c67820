import type { Ink } from './ink';
import { distanceOf } from './lines/extent';
import { pathsOf, type Path } from './lines/path';
import { lengthOf, resampleTo } from './lines/resample';
import { boundsOf } from './rasterize';

/** Points that the ink of a character is made of, whatever its size and its number of strokes. */
export const CHARACTER_POINTS = 64;
/**
 * What the network knows of each point: place in the box (x, y), way from the point before (x, y), direction (x, y),
 * turning (sine, cosine), first of its stroke, last of it, width of the pen known, size of the ink against it.
 */
export const POINT_FEATURES = 12;

/** A stroke has so many points at least: one is set down and one is lifted. */
const LEAST = 2;
/** Ways between points are about a twelfth of half of the box. */
const WAY = 0.12;
const MOST = 4;
/** A tall character is about as many widths of the pen, and one of another size so many natural logarithms off. */
const USUAL_SIZE = 10;
const MOST_SIZE = 2.5;

/**
 * The ink of one character as points that lie evenly on its strokes, in the order in which they were drawn.
 *
 * @param penWidth in the ink's unit, where it is known
 * @returns [CHARACTER_POINTS, POINT_FEATURES]
 * @throws InkError where the ink has no point, or a coordinate that is not a finite number
 */
export function characterPoints(ink: Ink, penWidth?: number): Float32Array {
  const { left, top, right, bottom } = boundsOf(ink);
  const extent = Math.max(right - left, bottom - top);
  const unit = extent > 0 ? extent / 2 : 1;
  const placed = pathsOf(ink)
    .filter(({ x }) => x.length > 0)
    .slice(0, CHARACTER_POINTS / LEAST)
    .map(({ x, y }) => ({
      x: x.map((value) => (value - (left + right) / 2) / unit),
      y: y.map((value) => (value - (top + bottom) / 2) / unit),
    }));
  const size = sizeOf(extent, penWidth);
  const values = new Float32Array(CHARACTER_POINTS * POINT_FEATURES);
  let at = 0;
  const counts = pointsOf(placed.map(lengthOf));
  placed.forEach((path, stroke) => {
    const count = counts[stroke] ?? LEAST;
    fillStroke(values.subarray(at * POINT_FEATURES), resampleTo(path, count), size);
    at += count;
  });
  return values;
}

/** Whether the width of the pen is known, and how large the ink is against it. */
function sizeOf(extent: number, penWidth: number | undefined): readonly [known: number, size: number] {
  if (penWidth === undefined || penWidth <= 0) return [0, 0];
  return [1, bound(Math.log(Math.max(extent, penWidth / 2) / penWidth / USUAL_SIZE), MOST_SIZE)];
}

/** How many points each stroke has: they are shared out by length. */
function pointsOf(lengths: readonly number[]): number[] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const free = CHARACTER_POINTS - LEAST * lengths.length;
  let [along, given] = [0, 0];
  return lengths.map((length, index) => {
    along += total > 0 ? length : 1;
    const upTo = Math.round((free * along) / (total > 0 ? total : lengths.length));
    const own = index === lengths.length - 1 ? free - given : upTo - given;
    given += own;
    return LEAST + own;
  });
}

function fillStroke(values: Float32Array, { x, y }: Path, size: readonly [number, number]): void {
  let [wasX, wasY] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = i > 0 ? wayTo(x, y, i) : wayTo(x, y, 1);
    const length = distanceOf(dx, dy);
    const [towardsX, towardsY] = length > 0 ? [dx / length, dy / length] : [0, 0];
    const isFirst = i === 0;
    values.set(
      [
        x[i] ?? 0,
        y[i] ?? 0,
        isFirst ? 0 : bound(dx / WAY, MOST),
        isFirst ? 0 : bound(dy / WAY, MOST),
        towardsX,
        towardsY,
        isFirst ? 0 : wasX * towardsY - wasY * towardsX,
        isFirst ? 1 : wasX * towardsX + wasY * towardsY,
        isFirst ? 1 : 0,
        i === x.length - 1 ? 1 : 0,
        ...size,
      ],
      i * POINT_FEATURES,
    );
    [wasX, wasY] = [towardsX, towardsY];
  }
}

const wayTo = (x: Float32Array, y: Float32Array, i: number): [number, number] => [
  (x[i] ?? 0) - (x[i - 1] ?? 0),
  (y[i] ?? 0) - (y[i - 1] ?? 0),
];

const bound = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
