import { distanceOf } from './extent';
import type { Guide } from './guide';
import { lineHeight } from './lineHeight';
import type { Path } from './path';
import { drawnOrder, readingOrder, type Piece } from './readingOrder';
import { resample, STEP, type EvenPath } from './resample';

/**
 * What the network knows of each point: way from the point before (x, y, in steps), direction (x, y), pen set down here,
 * way of the lifted pen (x, y, in heights), height over the median, turning, drawn late and moved here, guide lines
 * known, height over the base line in heights of small letters.
 */
export const FEATURES = 12;

/** Numbers are held in these bounds, whatever the ink is. */
const MOST_STEPS = 8;
const MOST_HEIGHTS = 4;
/** The height over the median counts in halves of the line's height, so that its spread is about 1. */
const MEDIAN_UNIT = 0.5;
/** A stroke that goes on behind a mark which was moved into it. */
const GOES_ON = 0.5;

export interface LineFeatureOptions {
  readonly guide?: Guide | undefined;
  /** `drawn` leaves late dots and bars where they were drawn. */
  readonly order?: 'reading' | 'drawn' | undefined;
  /** Factor on the height of the line, 1 unless training varies it. */
  readonly heightFactor?: number | undefined;
}

/** A line as the network takes it. */
export interface LineFeatures {
  readonly points: number;
  /** [points, FEATURES] */
  readonly values: Float32Array;
  /** For each point the index of the path that it lies on. */
  readonly stroke: Uint32Array;
  /** For each point the index of the nearest point of that path. */
  readonly source: Uint32Array;
  /** Of the line, in the paths' unit. */
  readonly height: number;
}

/**
 * Makes features of the strokes of a line: evenly placed points in the order of reading.
 *
 * @param paths y down, any unit; those without points are left out
 */
export function lineFeatures(paths: readonly Path[], options: LineFeatureOptions = {}): LineFeatures {
  const written = [...paths.keys()].filter((index) => (paths[index]?.x.length ?? 0) > 0);
  const strokes = written.map((index) => paths[index] as Path);
  const height = lineHeight(strokes, options.guide) * (options.heightFactor ?? 1);
  const even = strokes.map((path) => resample(scaled(path, height), STEP));
  const pieces = options.order === 'drawn' ? drawnOrder(even) : readingOrder(even);
  const points = pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  const line = {
    points,
    values: new Float32Array(points * FEATURES),
    stroke: new Uint32Array(points),
    source: new Uint32Array(points),
    height,
  };
  fillPoints(line, even, pieces, written);
  fillHeights(line, even, pieces, options.guide);
  return line;
}

function scaled({ x, y }: Path, height: number): Path {
  return { x: x.map((value) => value / height), y: y.map((value) => value / height) };
}

/** What follows from a point and the one before it. */
function fillPoints(
  { values, stroke, source }: LineFeatures,
  even: readonly EvenPath[],
  pieces: readonly Piece[],
  written: readonly number[],
): void {
  let at = 0;
  let [beforeX, beforeY, wasX, wasY] = [NaN, NaN, 0, 0];
  for (const piece of pieces) {
    const path = even[piece.stroke] as EvenPath;
    for (let i = piece.from; i < piece.to; i++) {
      const [x = 0, y = 0] = [path.x[i], path.y[i]];
      const dx = Number.isNaN(beforeX) ? 0 : x - beforeX;
      const dy = Number.isNaN(beforeY) ? 0 : y - beforeY;
      const length = distanceOf(dx, dy) + 1e-6;
      const [towardsX, towardsY] = [dx / length, dy / length];
      const isDown = i === piece.from;
      const row = at * FEATURES;
      values[row] = isDown ? 0 : bound(dx / STEP, MOST_STEPS);
      values[row + 1] = isDown ? 0 : bound(dy / STEP, MOST_STEPS);
      values[row + 2] = towardsX;
      values[row + 3] = towardsY;
      values[row + 4] = isDown ? 1 : 0;
      values[row + 5] = isDown ? bound(dx, MOST_HEIGHTS) : 0;
      values[row + 6] = isDown ? bound(dy, MOST_HEIGHTS) : 0;
      values[row + 8] = wasX * towardsY - wasY * towardsX;
      values[row + 9] = piece.late ? 1 : isDown && i > 0 ? GOES_ON : 0;
      stroke[at] = written[piece.stroke] ?? 0;
      source[at] = path.source[i] ?? 0;
      [beforeX, beforeY, wasX, wasY] = [x, y, towardsX, towardsY];
      at++;
    }
  }
}

/** What follows from a point's height on the line. */
function fillHeights(
  { values, points, height }: LineFeatures,
  even: readonly EvenPath[],
  pieces: readonly Piece[],
  guide: Guide | undefined,
): void {
  const heights = new Float32Array(points);
  let at = 0;
  for (const { stroke, from, to } of pieces) {
    const { y } = even[stroke] as EvenPath;
    heights.set(y.subarray(from, to), at);
    at += to - from;
  }
  const median = heights.slice().sort()[points >> 1] ?? 0;
  for (let i = 0; i < points; i++) {
    const y = heights[i] ?? 0;
    const row = i * FEATURES;
    values[row + 7] = bound((median - y) / MEDIAN_UNIT, MOST_HEIGHTS);
    values[row + 10] = guide ? 1 : 0;
    values[row + 11] = guide ? bound((guide.baseline - y * height) / guide.xHeight, MOST_HEIGHTS) : 0;
  }
}

function bound(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
