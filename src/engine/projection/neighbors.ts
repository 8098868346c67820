import type { Points, Report } from './points';

/** The nearest other points of each point, the nearest first. */
export interface Neighbors {
  /** How many each point has. */
  readonly each: number;
  /** [count, each] */
  readonly indices: Uint32Array;
  /** Squared Euclidean distances: [count, each] */
  readonly squares: Float32Array;
}

/** Rows between two reports. */
const REPORT_EVERY = 64;

/** The nearest neighbors of all points, by looking at every pair: exact, and the same each time. */
export function nearestNeighbors(points: Points, wanted: number, report?: Report): Neighbors {
  const { count, width, values } = points;
  const each = Math.min(wanted, count - 1);
  const indices = new Uint32Array(count * each);
  const squares = new Float32Array(count * each).fill(Infinity);
  const keep = (row: number, other: number, square: number) => {
    const first = row * each;
    let at = first + each - 1;
    if (square >= (squares[at] ?? 0)) return;
    for (; at > first && (squares[at - 1] ?? 0) > square; at--) {
      squares[at] = squares[at - 1] ?? 0;
      indices[at] = indices[at - 1] ?? 0;
    }
    squares[at] = square;
    indices[at] = other;
  };
  for (let row = 0; row < count; row++) {
    if (row % REPORT_EVERY === 0) report?.(row, count);
    const from = row * width;
    for (let other = row + 1; other < count; other++) {
      const of = other * width;
      let square = 0;
      for (let at = 0; at < width; at++) {
        const difference = (values[from + at] ?? 0) - (values[of + at] ?? 0);
        square += difference * difference;
      }
      keep(row, other, square);
      keep(other, row, square);
    }
  }
  report?.(count, count);
  return { each, indices, squares };
}
