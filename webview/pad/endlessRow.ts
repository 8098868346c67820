import type { Ink, Point, Stroke } from '../../src/protocol/ink';
import { boxOf } from './box';
import { rowOf, type Ruling } from './ruling';

/** A row that is written up to this share of the width goes on in the next. */
const FULL = 0.82;

/**
 * Ink as if a row had no end: what stands in the row below a full one is moved behind it. Strokes and points keep their
 * order.
 *
 * @param width of the paper
 */
export function onEndlessRows(ink: Ink, ruling: Ruling, width: number): Ink {
  if (!ruling.wraps) return ink;
  const boxes = ink.map((stroke) => boxOf([stroke]));
  const rows = boxes.map(({ top, bottom }) => rowOf(ruling, top, bottom));
  const ends = new Map<number, number>();
  rows.forEach((row, at) => ends.set(row, Math.max(ends.get(row) ?? 0, boxes[at]?.right ?? 0)));
  const moves = movesOf(ends, ruling.pitch, width);
  return ink.map((stroke, at) => moved(stroke, moves.get(rows[at] ?? 0) ?? NOT_MOVED));
}

interface Move {
  readonly x: number;
  readonly y: number;
}

const NOT_MOVED: Move = { x: 0, y: 0 };

/** How far each row moves: behind the one above where that is full, and up with it. */
function movesOf(ends: ReadonlyMap<number, number>, pitch: number, width: number): Map<number, Move> {
  const moves = new Map<number, Move>();
  for (const row of [...ends.keys()].sort((a, b) => a - b)) {
    const above = moves.get(row - 1) ?? NOT_MOVED;
    const goesOn = (ends.get(row - 1) ?? 0) >= FULL * width;
    moves.set(row, goesOn ? { x: above.x + width, y: above.y - pitch } : { x: 0, y: above.y });
  }
  return moves;
}

function moved(stroke: Stroke, { x, y }: Move): Stroke {
  if (x === 0 && y === 0) return stroke;
  return stroke.map(([px, py, ...rest]): Point => [px + x, py + y, ...rest]);
}
