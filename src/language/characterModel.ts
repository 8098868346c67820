import { childOf, longestEndings, type GramTree } from './gramTree';
import { SYMBOL_COUNT } from './symbols';

/** A tree of sequences with weights that need not sum to one. */
export interface WeightedGrams extends GramTree {
  /** of each node's last symbol behind the symbols before it */
  readonly probabilities: ArrayLike<number>;
  /** of each node's sequence as a context: the share of the symbols not behind it, times what shorter contexts say */
  readonly backoff: ArrayLike<number>;
}

/**
 * Character n-grams with backoff (Katz 1987): the probability of the next symbol behind a context, the longest known
 * ending of what stands before. A context is a whole number; 0 knows nothing of what stands before.
 */
export class CharacterModel {
  /** the longest sequence: a context is one symbol shorter at most */
  readonly order: number;
  private readonly tree: GramTree;
  private readonly probabilities: Float32Array;
  private readonly backoff: Float32Array;
  /** of each context the next shorter one */
  private readonly shorter: Int32Array;
  /** of each node the longest ending that is a context */
  private readonly contexts: Int32Array;

  /**
   * @param grams node 0 has a child for symbols 0 to 96 or fewer; absent ones get the smallest weight there is
   */
  constructor(grams: WeightedGrams) {
    this.tree = { order: grams.order, symbols: grams.symbols, first: grams.first };
    this.order = grams.order;
    const endings = longestEndings(this.tree);
    this.contexts = longestContexts(this.tree, endings);
    this.shorter = endings.map((ending) => this.contexts[ending] ?? 0);
    this.probabilities = new Float32Array(grams.symbols.length);
    this.backoff = new Float32Array(grams.symbols.length).fill(1);
    this.normalize(grams);
  }

  /** Scales each context's probabilities and backoff so that all symbols' probabilities sum to one, short ones first. */
  private normalize({ first, symbols, probabilities, backoff }: WeightedGrams): void {
    for (let node = 0; node < symbols.length; node++) {
      const from = first[node] ?? 0;
      const end = first[node + 1] ?? 0;
      if (from === end) continue;
      let given = 0;
      let unseen = node === 0 ? SYMBOL_COUNT - (end - from) : 1;
      for (let child = from; child < end; child++) {
        given += probabilities[child] ?? 0;
        if (node > 0) unseen -= this.probability(this.shorter[node] ?? 0, symbols[child] ?? 0);
      }
      const left = node === 0 ? UNSEEN : (backoff[node] ?? 0);
      const scale = 1 / (given + left * Math.max(unseen, 0));
      for (let child = from; child < end; child++) {
        this.probabilities[child] = (probabilities[child] ?? 0) * scale;
      }
      this.backoff[node] = left * scale;
    }
  }

  /** The probability of a symbol, 0 to 96, behind a context. */
  probability(context: number, symbol: number): number {
    let weight = 1;
    for (let from = context; ; from = this.shorter[from] ?? 0) {
      const child = childOf(this.tree, from, symbol);
      if (child >= 0) return weight * (this.probabilities[child] ?? 0);
      weight *= this.backoff[from] ?? 0;
      if (from === 0) return weight;
    }
  }

  /** The context behind a context and a symbol. */
  next(context: number, symbol: number): number {
    for (let from = context; ; from = this.shorter[from] ?? 0) {
      const child = childOf(this.tree, from, symbol);
      if (child >= 0) return this.contexts[child] ?? 0;
      if (from === 0) return 0;
    }
  }

  /**
   * The probabilities of all symbols behind a context.
   *
   * @param into 97 numbers, which sum to one
   */
  allProbabilities(context: number, into: Float32Array | Float64Array): void {
    if (context === 0) into.fill(this.backoff[0] ?? 0);
    else {
      this.allProbabilities(this.shorter[context] ?? 0, into);
      const backoff = this.backoff[context] ?? 0;
      for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) into[symbol] = (into[symbol] ?? 0) * backoff;
    }
    const end = this.tree.first[context + 1] ?? 0;
    for (let child = this.tree.first[context] ?? 0; child < end; child++) {
      into[this.tree.symbols[child] ?? 0] = this.probabilities[child] ?? 0;
    }
  }
}

/** The weight of a symbol that no text counted has. */
const UNSEEN = 1e-6;

/** For each node the longest of itself and its endings behind which something is known. */
function longestContexts({ symbols, first }: GramTree, endings: Int32Array): Int32Array {
  const contexts = new Int32Array(symbols.length);
  for (let node = 1; node < symbols.length; node++) {
    const known = (first[node] ?? 0) < (first[node + 1] ?? 0);
    contexts[node] = known ? node : (contexts[endings[node] ?? 0] ?? 0);
  }
  return contexts;
}
