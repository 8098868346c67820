import { copied } from './copied';
import type { WeightedModel } from './likelyText';
import { LINE_BREAK, OTHER, SYMBOL_COUNT } from './symbols';
import { beginsWord } from './wordCharacters';

/** At each character this share of the models' weights goes back to what it was at the start of the line. */
const RETURN = 0.03;

/** A model's state at each node of a tree of texts. */
interface Source {
  readonly weighted: WeightedModel | undefined;
  /** the weight at the start; what all sources have sums to one */
  readonly weight: number;
  contexts: Int32Array<ArrayBuffer>;
  /** the weight behind each text */
  shares: Float64Array<ArrayBuffer>;
  /** the probability that was asked for last */
  last: number;
}

/**
 * Character models mixed, together with one by which every character is as likely as any. A model weighs more behind a
 * text the better it foresaw it, so that a formula in prose is soon read as one: the mixture is Bayes' of the models,
 * with a share that always comes back (Herbster and Warmuth 1998, fixed share).
 */
export class ModelBlend {
  private sources: Source[] = [];
  private readonly row = new Float64Array(SYMBOL_COUNT);

  /**
   * Begins at the root of a tree, node 0.
   *
   * @param models weights sum to one
   * @param surprise the weight of "any character", above 0
   * @param capacity how many nodes there may be until `resize`
   */
  begin(models: readonly WeightedModel[], surprise: number, capacity: number, isLineStart: boolean): void {
    const before = this.sources;
    this.sources = [...models, undefined].map((weighted, i) => {
      const weight = weighted ? (1 - surprise) * weighted.weight : surprise;
      const { contexts, shares } = before[i] ?? {};
      const fits = contexts?.length === capacity;
      return {
        weighted,
        weight,
        contexts: fits ? contexts : new Int32Array(capacity),
        shares: fits && shares ? shares : new Float64Array(capacity),
        last: 0,
      };
    });
    for (const { weighted, weight, contexts, shares } of this.sources) {
      contexts[0] = weighted && isLineStart ? weighted.model.next(0, LINE_BREAK) : 0;
      shares[0] = weight;
    }
  }

  /** The probability of a symbol behind a text. */
  probability(node: number, symbol: number): number {
    let sum = 0;
    for (const source of this.sources) {
      const { weighted, contexts, shares } = source;
      source.last = weighted ? weighted.model.probability(contexts[node] ?? 0, symbol) : 1 / SYMBOL_COUNT;
      sum += (shares[node] ?? 0) * source.last;
    }
    return sum;
  }

  /** Takes in the text of a node and the symbol whose probability was asked for last, as another node. */
  advance(parent: number, node: number, symbol: number, probability: number): void {
    for (const { weighted, weight, contexts, shares, last } of this.sources) {
      if (weighted) contexts[node] = weighted.model.next(contexts[parent] ?? 0, symbol);
      shares[node] = (1 - RETURN) * (((shares[parent] ?? 0) * last) / probability) + RETURN * weight;
    }
  }

  /** The probability that the next symbol is one that a word begins with. */
  wordProbability(node: number): number {
    let sum = 0;
    for (const { weighted, contexts, shares } of this.sources) {
      const share = shares[node] ?? 0;
      if (weighted) weighted.model.allProbabilities(contexts[node] ?? 0, this.row);
      else this.row.fill(1 / SYMBOL_COUNT);
      for (const symbol of WORD_BEGINNINGS) sum += share * (this.row[symbol] ?? 0);
    }
    return sum;
  }

  /** Makes room for so many nodes and keeps the first ones. */
  resize(capacity: number, kept: number): void {
    for (const source of this.sources) {
      source.contexts = copied(source.contexts, new Int32Array(capacity), kept);
      source.shares = copied(source.shares, new Float64Array(capacity), kept);
    }
  }
}

/** The symbols that a word begins with; other characters than ASCII are mostly letters. */
const WORD_BEGINNINGS = Array.from({ length: SYMBOL_COUNT }, (_, symbol) => symbol).filter(
  (symbol) => symbol === OTHER || beginsWord(symbol + 31),
);
