import { characterModelSize } from '../../src/language/characterModelFile';
import type { WeightedGrams } from '../../src/language/characterModel';
import type { CountedGrams } from '../../src/language/gramCounter';
import { longestEndings, type GramTree } from '../../src/language/gramTree';
import { backoffWeights, wittenBell } from '../../src/language/wittenBell';

/**
 * Leaves out the sequences whose loss changes the model least, measured by relative entropy (Stolcke 1998), until its
 * file has at most so many bytes.
 */
export function prunedTo(bytes: number, grams: CountedGrams): WeightedGrams {
  const endings = longestEndings(grams);
  const probabilities = wittenBell(grams, endings);
  const losses = subtreeLosses(grams, lossesOf(grams, probabilities, endings));
  const sorted = losses.slice().sort();
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sizeKeeping(grams, losses, sorted[middle] ?? 0) > bytes) low = middle + 1;
    else high = middle;
  }
  return kept(grams, probabilities, losses, sorted[low] ?? 0);
}

/** What leaving out each sequence alone would cost, in nats a character. */
function lossesOf(grams: CountedGrams, probabilities: Float64Array, endings: Int32Array): Float64Array {
  const losses = new Float64Array(grams.symbols.length).fill(Infinity);
  for (let node = 1; node < grams.symbols.length; node++) {
    const end = grams.first[node + 1] ?? 0;
    let left = 1;
    let shorterLeft = 1;
    for (let child = grams.first[node] ?? 0; child < end; child++) {
      left -= probabilities[child] ?? 0;
      shorterLeft -= probabilities[endings[child] ?? 0] ?? 0;
    }
    const share = (grams.counts[node] ?? 0) / (grams.counts[0] ?? 1);
    for (let child = grams.first[node] ?? 0; child < end; child++) {
      const own = probabilities[child] ?? 0;
      const shorter = probabilities[endings[child] ?? 0] ?? 0;
      losses[child] = share * lossOf(own, shorter, Math.max(left, 1e-9), Math.max(shorterLeft, 1e-9));
    }
  }
  return losses;
}

/** Stolcke's equation 5 for one context: what is left, and what the shorter context has left, before. */
function lossOf(own: number, shorter: number, left: number, shorterLeft: number): number {
  const before = Math.log(left / shorterLeft);
  const after = Math.log((left + own) / (shorterLeft + shorter));
  return -own * (Math.log(shorter) + after - Math.log(own)) - left * (after - before);
}

/** The greatest loss of a node or of one below it: a node stays while one below it does. */
function subtreeLosses(grams: GramTree, losses: Float64Array): Float64Array {
  for (let node = grams.symbols.length - 1; node > 0; node--) {
    const end = grams.first[node + 1] ?? 0;
    for (let child = grams.first[node] ?? 0; child < end; child++) {
      losses[node] = Math.max(losses[node] ?? 0, losses[child] ?? 0);
    }
  }
  return losses;
}

function sizeKeeping(grams: GramTree, losses: Float64Array, least: number): number {
  let nodes = 1;
  let inner = 1;
  let contexts = 1;
  const leaves = leavesFrom(grams);
  for (let node = 1; node < grams.symbols.length; node++) {
    if ((losses[node] ?? 0) < least) continue;
    nodes++;
    if (node >= leaves) continue;
    inner++;
    if (keptChildren(grams, losses, least, node) > 0) contexts++;
  }
  return characterModelSize(nodes, inner, contexts);
}

/** The first node that is as long as the order. */
function leavesFrom({ order, first }: GramTree): number {
  let levelEnd = 1;
  for (let length = 1; length < order; length++) levelEnd = first[levelEnd] ?? levelEnd;
  return levelEnd;
}

function keptChildren({ first }: GramTree, losses: Float64Array, least: number, node: number): number {
  let count = 0;
  const end = first[node + 1] ?? 0;
  for (let child = first[node] ?? 0; child < end; child++) if ((losses[child] ?? 0) >= least) count++;
  return count;
}

function kept(
  grams: CountedGrams,
  probabilities: Float64Array,
  losses: Float64Array,
  least: number,
): WeightedGrams {
  const nodes: number[] = [0];
  const first: number[] = [];
  for (let node = 1; node < grams.symbols.length; node++) if ((losses[node] ?? 0) >= least) nodes.push(node);
  let next = 1;
  for (const node of nodes) {
    first.push(next);
    next += keptChildren(grams, losses, least, node);
  }
  first.push(next);
  const tree = {
    order: grams.order,
    symbols: Uint8Array.from(nodes, (node) => grams.symbols[node] ?? 0),
    first: Uint32Array.from(first),
  };
  const own = Float64Array.from(nodes, (node) => probabilities[node] ?? 0);
  return { ...tree, probabilities: own, backoff: backoffWeights(tree, own, longestEndings(tree)) };
}
