/**
 * Character sequences up to a length, as a tree in breadth-first order: node 0 is the empty sequence, and the children
 * of a node, sorted by symbol, are the nodes from `first[node]` to before `first[node + 1]`.
 */
export interface GramTree {
  /** the longest sequence */
  readonly order: number;
  /** the last symbol of each node's sequence; of node 0 no meaning */
  readonly symbols: Uint8Array;
  /** a number more than nodes */
  readonly first: Uint32Array;
}

/** The child of a node for a symbol, or -1. */
export function childOf(tree: GramTree, node: number, symbol: number): number {
  let low = tree.first[node] ?? 0;
  let high = tree.first[node + 1] ?? 0;
  const end = high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tree.symbols[middle] ?? 0) < symbol) low = middle + 1;
    else high = middle;
  }
  return low < end && tree.symbols[low] === symbol ? low : -1;
}

/**
 * For each node the node of the longest proper ending of its sequence that is in the tree. Of node 0 and of single
 * symbols it is node 0.
 */
export function longestEndings(tree: GramTree): Int32Array {
  const endings = new Int32Array(tree.symbols.length);
  for (let node = 0; node < tree.symbols.length; node++) {
    const end = tree.first[node + 1] ?? 0;
    for (let child = tree.first[node] ?? 0; child < end; child++) {
      endings[child] =
        node === 0 ? 0 : continued(tree, endings, endings[node] ?? 0, tree.symbols[child] ?? 0);
    }
  }
  return endings;
}

/** The node of the longest ending of a node's sequence and a symbol that is in the tree. */
function continued(tree: GramTree, endings: Int32Array, node: number, symbol: number): number {
  for (let from = node; ; from = endings[from] ?? 0) {
    const child = childOf(tree, from, symbol);
    if (child >= 0) return child;
    if (from === 0) return 0;
  }
}
