import type { Ink } from './ink';
import { boundsOf } from './rasterize';

/** Directions that strokes are told apart by: along, falling, down, rising. A stroke and its reverse have one direction. */
export const DIRECTIONS = 4;

/** Of a picture of this side: the border, the lines' width, the pixels over which a line fades out. */
const SIDE = 32;
const BORDER = 1.5;
const WIDTH = 1.8;
const EDGE = 1.4;
/** Distance of the points that directions are taken between, in pixels of such a picture. */
const STEP = 1.2;
/** A point's direction is that of the chord between its neighbors so many steps away. */
const REACH = 2;

/**
 * Draws ink as one picture a direction (Bai and Huo 2005, Graham 2013): aspect kept, as large as fits, each piece of a
 * stroke in the pictures of the two directions that are nearest to its own. A dot has all directions.
 *
 * @param side height and width, pixels
 * @returns [side, side, DIRECTIONS] values 0 to 255
 * @throws InkError where the ink has no point, or a coordinate that is not a finite number
 */
export function directionMaps(ink: Ink, side: number): Uint8Array {
  const zoom = side / SIDE;
  const { left, top, right, bottom } = boundsOf(ink);
  const extent = Math.max(right - left, bottom - top);
  const scale = extent > 0 ? (side - (2 * BORDER + WIDTH) * zoom) / extent : 0;
  const maps = new Float32Array(side * side * DIRECTIONS);
  const pen = { width: WIDTH * zoom, edge: EDGE * zoom };
  for (const stroke of ink) {
    const placed = stroke.map(
      ([x, y]) =>
        [(x - (left + right) / 2) * scale + side / 2, (y - (top + bottom) / 2) * scale + side / 2] as const,
    );
    drawStroke(maps, side, resampled(placed, STEP * zoom), pen);
  }
  const grays = new Uint8Array(maps.length);
  for (let at = 0; at < maps.length; at++) grays[at] = Math.round(255 * (maps[at] ?? 0));
  return grays;
}

type Place = readonly [x: number, y: number];

/** Points at even distances along a stroke, its first and last among them. */
function resampled(points: readonly Place[], step: number): Place[] {
  const [first] = points;
  if (!first) return [];
  const even: Place[] = [first];
  let [x, y] = first;
  let left = step;
  for (const [toX, toY] of points.slice(1)) {
    let length = Math.hypot(toX - x, toY - y);
    while (length >= left && length > 0) {
      const share = left / length;
      x += share * (toX - x);
      y += share * (toY - y);
      even.push([x, y]);
      length -= left;
      left = step;
    }
    left -= length;
    [x, y] = [toX, toY];
  }
  const last = even.at(-1) ?? first;
  if (Math.hypot(x - last[0], y - last[1]) > step / 4) even.push([x, y]);
  return even;
}

interface Pen {
  readonly width: number;
  readonly edge: number;
}

function drawStroke(maps: Float32Array, side: number, points: readonly Place[], pen: Pen): void {
  points.forEach((point, index) => {
    const next = points[index + 1];
    if (!next && index > 0) return;
    const from = points[Math.max(0, index - REACH)] ?? point;
    const to = points[Math.min(points.length - 1, index + 1 + REACH)] ?? point;
    drawPiece(maps, side, point, next ?? point, sharesOf(to[0] - from[0], to[1] - from[1]), pen);
  });
}

/** How much a direction is of each of the DIRECTIONS: of the two nearest ones together 1. */
function sharesOf(dx: number, dy: number): readonly number[] {
  if (dx === 0 && dy === 0) return new Array<number>(DIRECTIONS).fill(1);
  const turns = (Math.atan2(dy, dx) / Math.PI) * DIRECTIONS;
  const place = ((turns % DIRECTIONS) + DIRECTIONS) % DIRECTIONS;
  const nearest = Math.floor(place) % DIRECTIONS;
  const rest = place - Math.floor(place);
  const shares = new Array<number>(DIRECTIONS).fill(0);
  shares[nearest] = 1 - rest;
  shares[(nearest + 1) % DIRECTIONS] = rest;
  return shares;
}

/** Raises the values near the segment a-b to what a pen of these shares leaves there. */
function drawPiece(
  maps: Float32Array,
  side: number,
  [ax, ay]: Place,
  [bx, by]: Place,
  shares: readonly number[],
  { width, edge }: Pen,
): void {
  const reach = (width + edge) / 2;
  const columnFrom = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
  const columnTo = Math.min(side - 1, Math.ceil(Math.max(ax, bx) + reach));
  const rowFrom = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const rowTo = Math.min(side - 1, Math.ceil(Math.max(ay, by) + reach));
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const directions = shares.flatMap((share, direction) => (share > 0 ? [direction] : []));
  for (let row = rowFrom; row <= rowTo; row++) {
    for (let column = columnFrom; column <= columnTo; column++) {
      const px = column + 0.5 - ax;
      const py = row + 0.5 - ay;
      const along = squared > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / squared)) : 0;
      const ex = px - along * dx;
      const ey = py - along * dy;
      const apart = ex * ex + ey * ey;
      if (apart >= reach * reach) continue;
      const shade = Math.min(1, (width / 2 - Math.sqrt(apart)) / edge + 0.5);
      const at = (row * side + column) * DIRECTIONS;
      for (const direction of directions) {
        const value = shade * (shares[direction] ?? 0);
        if (value > (maps[at + direction] ?? 0)) maps[at + direction] = value;
      }
    }
  }
}
