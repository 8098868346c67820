import type { Neighbors } from './neighbors';
import type { Report } from './points';
import { Quadtree } from './quadtree';

/** Neighbors that a point effectively has. */
const PERPLEXITY = 30;
/** Neighbors of each point; those further away would count for nothing. */
export const TSNE_NEIGHBORS = 3 * PERPLEXITY;

const STEPS = 750;
/** Steps in which neighbors attract each other more than they will, so that clusters find each other. */
const EXAGGERATED_STEPS = 250;
const EXAGGERATION = 12;
/** Accuracy of the repulsion: 0 looks at every pair. */
const THETA = 0.5;
const LEAST_RATE = 200;
const LEAST_GAIN = 0.01;
/** Extent of the layout that the steps begin with (Kobak and Berens 2019). */
const START = 1e-4;
/** Halvings in the search for a width that gives the perplexity. */
const SEARCHES = 64;

/**
 * Lays points out in the plane by Barnes-Hut t-SNE (van der Maaten 2014), with the rate by the number of points
 * (Belkina et al. 2019).
 *
 * @param start [count, 2], -1 to 1: where each point begins
 * @returns [count, 2]
 */
export function tsne(neighbors: Neighbors, start: Float32Array, report?: Report): Float32Array {
  const count = start.length / 2;
  const shares = affinities(neighbors, count);
  const tree = new Quadtree();
  const places = Float64Array.from(start, (value) => START * value);
  const moves = new Float64Array(2 * count);
  const gains = new Float64Array(2 * count).fill(1);
  const rate = Math.max(LEAST_RATE, count / EXAGGERATION);
  for (let step = 0; step < STEPS; step++) {
    const early = step < EXAGGERATED_STEPS;
    const pull = gradient(places, neighbors, shares, early ? EXAGGERATION : 1, tree);
    const momentum = early ? 0.5 : 0.8;
    for (let at = 0; at < places.length; at++) {
      const slope = pull[at] ?? 0;
      // what goes on in one direction goes faster, what turns about slower (Jacobs 1988)
      const turns = slope > 0 === (moves[at] ?? 0) > 0;
      gains[at] = Math.max(LEAST_GAIN, turns ? (gains[at] ?? 0) * 0.8 : (gains[at] ?? 0) + 0.2);
      moves[at] = momentum * (moves[at] ?? 0) - rate * (gains[at] ?? 0) * slope;
      places[at] = (places[at] ?? 0) + (moves[at] ?? 0);
    }
    recenter(places);
    report?.(step + 1, STEPS);
  }
  return Float32Array.from(places);
}

/**
 * How much each point takes each neighbor for one: a Gaussian whose width gives the perplexity. A pair's affinity is
 * the sum of both directions.
 *
 * @returns [count, each]; the sum of all is 1
 */
function affinities({ each, squares }: Neighbors, count: number): Float64Array {
  const shares = new Float64Array(count * each);
  const entropy = Math.log(Math.min(PERPLEXITY, each / 3));
  for (let row = 0; row < count; row++) {
    const near = squares.subarray(row * each, (row + 1) * each);
    const of = shares.subarray(row * each, (row + 1) * each);
    searchWidth(near, of, entropy);
    for (let at = 0; at < each; at++) of[at] = (of[at] ?? 0) / count;
  }
  return shares;
}

/** Fills in shares, whose sum is 1, of a Gaussian with that entropy in nats. */
function searchWidth(squares: Float32Array, shares: Float64Array, entropy: number): void {
  // the nearest one as the zero leaves the shares as they are, and keeps them from vanishing
  const nearest = squares[0] ?? 0;
  let [low, high, precision] = [0, Infinity, 1];
  for (let search = 0; search < SEARCHES; search++) {
    let [sum, weighted] = [0, 0];
    for (let at = 0; at < squares.length; at++) {
      const square = (squares[at] ?? 0) - nearest;
      const share = Math.exp(-precision * square);
      shares[at] = share;
      sum += share;
      weighted += share * square;
    }
    const excess = Math.log(sum) + (precision * weighted) / sum - entropy;
    for (let at = 0; at < squares.length; at++) shares[at] = (shares[at] ?? 0) / sum;
    if (Math.abs(excess) < 1e-5) return;
    if (excess > 0) low = precision;
    else high = precision;
    precision = high === Infinity ? 2 * precision : (low + high) / 2;
  }
}

/** A quarter of the cost's slope at each coordinate. */
function gradient(
  places: Float64Array,
  { each, indices }: Neighbors,
  shares: Float64Array,
  exaggeration: number,
  tree: Quadtree,
): Float64Array {
  const count = places.length / 2;
  const slope = new Float64Array(2 * count);
  tree.fill(places);
  let total = -count;
  for (let row = 0; row < count; row++) {
    total += tree.feel(places[2 * row] ?? 0, places[2 * row + 1] ?? 0, THETA);
    slope[2 * row] = -tree.force[0];
    slope[2 * row + 1] = -tree.force[1];
  }
  const repulsion = 1 / Math.max(total, Number.EPSILON);
  for (let at = 0; at < slope.length; at++) slope[at] = (slope[at] ?? 0) * repulsion;
  for (let at = 0; at < shares.length; at++) {
    const [row, other] = [2 * Math.floor(at / each), 2 * (indices[at] ?? 0)];
    const awayX = (places[row] ?? 0) - (places[other] ?? 0);
    const awayY = (places[row + 1] ?? 0) - (places[other + 1] ?? 0);
    const pull = (exaggeration * (shares[at] ?? 0) * 0.5) / (1 + awayX * awayX + awayY * awayY);
    slope[row] = (slope[row] ?? 0) + pull * awayX;
    slope[row + 1] = (slope[row + 1] ?? 0) + pull * awayY;
    slope[other] = (slope[other] ?? 0) - pull * awayX;
    slope[other + 1] = (slope[other + 1] ?? 0) - pull * awayY;
  }
  return slope;
}

function recenter(places: Float64Array): void {
  const count = places.length / 2;
  let [x, y] = [0, 0];
  for (let at = 0; at < places.length; at += 2) {
    x += (places[at] ?? 0) / count;
    y += (places[at + 1] ?? 0) / count;
  }
  for (let at = 0; at < places.length; at += 2) {
    places[at] = (places[at] ?? 0) - x;
    places[at + 1] = (places[at + 1] ?? 0) - y;
  }
}
