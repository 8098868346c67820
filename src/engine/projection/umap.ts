import { UMAP } from 'umap-js';
import type { Random } from '../../base/random';
import type { Neighbors } from './neighbors';
import type { Report } from './points';

/** Half the extent of the layout that the steps begin with; the end hardly depends on how large it is. */
const START = 2;
/** How near points come, of the distance at which they stop being near: with less, classes shrink to dots. */
const LEAST_DISTANCE = 0.8;

/** Neighbors of each point; more of them show the whole better than its parts. */
export const UMAP_NEIGHBORS = 15;

/**
 * Lays points out in the plane by UMAP (McInnes, Healy and Melville 2018).
 *
 * @param start [count, 2], -1 to 1: where each point begins
 * @returns [count, 2]
 */
export function umap(
  neighbors: Neighbors,
  start: Float32Array,
  random: Random,
  report?: Report,
): Float32Array {
  const count = start.length / 2;
  const layout = new UMAP({
    nComponents: 2,
    minDist: LEAST_DISTANCE,
    nNeighbors: Math.min(neighbors.each + 1, count - 1),
    random: random.next,
  });
  const { indices, distances } = withThemselves(neighbors, count);
  layout.setPrecomputedKNN(indices, distances);
  // with the neighbors given it needs no more of the points than how many there are
  const epochs = layout.initializeFit(Array.from({ length: count }, () => []));
  // the array that it works on: it begins at random, which tears apart what belongs together
  const places = layout.getEmbedding();
  places.forEach((place, row) => {
    for (let axis = 0; axis < 2; axis++) place[axis] = START * (start[2 * row + axis] ?? 0);
  });
  for (let epoch = 0; epoch < epochs; epoch++) {
    layout.step();
    report?.(epoch + 1, epochs);
  }
  return Float32Array.from(layout.getEmbedding().flat());
}

/** Lists of neighbors as UMAP takes them: every point is its own first. */
function withThemselves({ each, indices, squares }: Neighbors, count: number) {
  const rows = Array.from({ length: count }, (_, row) => row);
  const range = (row: number) => [row * each, (row + 1) * each] as const;
  return {
    indices: rows.map((row) => [row, ...indices.subarray(...range(row))]),
    distances: rows.map((row) => [0, ...squares.subarray(...range(row)).map(Math.sqrt)]),
  };
}
