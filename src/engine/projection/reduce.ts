import { Random } from '../../base/random';
import type { ProjectionMethod } from '../../evaluations/projectionFile';
import type { ProjectionPhase } from '../../protocol/projection';
import { nearestNeighbors } from './neighbors';
import type { Points } from './points';
import { principalComponents } from './principal';
import { tsne, TSNE_NEIGHBORS } from './tsne';
import { umap, UMAP_NEIGHBORS } from './umap';

/** Directions that wide embeddings are reduced to before neighbors are looked for. */
const DIRECTIONS = 50;
/** Fewer points have no neighbors to speak of. */
const FEWEST = 5;

/** Of a projection's phases those that are no network's work. */
export type ReductionPhase = Exclude<ProjectionPhase, 'embedding'>;
export type ReductionReport = (phase: ReductionPhase, done: number, total: number) => void;

/**
 * Lays embeddings out in the plane, so that what the network takes for alike lies together. Distances are those of
 * directions, as cosines tell them; the same points and seed give the same layout.
 *
 * @returns [count, 2], each number -1 to 1
 */
export function reduce(
  points: Points,
  method: ProjectionMethod,
  seed: number,
  report?: ReductionReport,
): Float32Array {
  const random = new Random(seed);
  report?.('neighbors', 0, points.count);
  const reduced = principalComponents(unitLength(points), DIRECTIONS, random);
  const start = fitted(firstTwo(reduced));
  if (points.count < FEWEST) return start;
  const wanted = method === 'umap' ? UMAP_NEIGHBORS : TSNE_NEIGHBORS;
  const neighbors = nearestNeighbors(reduced, wanted, (done, total) => report?.('neighbors', done, total));
  const onStep = (done: number, total: number) => report?.('layout', done, total);
  return fitted(method === 'umap' ? umap(neighbors, start, random, onStep) : tsne(neighbors, start, onStep));
}

function unitLength({ count, width, values }: Points): Points {
  const scaled = new Float32Array(values.length);
  for (let row = 0; row < count; row++) {
    const part = values.subarray(row * width, (row + 1) * width);
    let square = 0;
    for (const value of part) square += value * value;
    const length = Math.sqrt(square) || 1;
    scaled.set(
      part.map((value) => value / length),
      row * width,
    );
  }
  return { count, width, values: scaled };
}

function firstTwo({ count, width, values }: Points): Float32Array {
  return Float32Array.from({ length: 2 * count }, (_, at) => {
    const axis = at % 2;
    return axis < width ? (values[(at >> 1) * width + axis] ?? 0) : 0;
  });
}

/** Moved and scaled alike in both directions, so that the greater extent is from -1 to 1. */
function fitted(places: Float32Array): Float32Array {
  const [x, y] = [rangeOf(places, 0), rangeOf(places, 1)];
  const half = Math.max(x.most - x.least, y.most - y.least) / 2 || 1;
  const middle = [(x.most + x.least) / 2, (y.most + y.least) / 2] as const;
  return places.map((value, at) =>
    Math.max(-1, Math.min(1, (value - (at % 2 ? middle[1] : middle[0])) / half)),
  );
}

function rangeOf(places: Float32Array, axis: number): { least: number; most: number } {
  let [least, most] = [Infinity, -Infinity];
  for (let at = axis; at < places.length; at += 2) {
    least = Math.min(least, places[at] ?? 0);
    most = Math.max(most, places[at] ?? 0);
  }
  return places.length === 0 ? { least: 0, most: 0 } : { least, most };
}
