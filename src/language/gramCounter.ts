import type { GramTree } from './gramTree';
import { LINE_BREAK, SYMBOL_COUNT, symbolOf } from './symbols';

/** How often each sequence was seen. */
export interface CountedGrams extends GramTree {
  /** of node 0: all characters */
  readonly counts: Uint32Array;
  /** how many different symbols were seen behind each node, those too that the tree leaves out */
  readonly followers: Uint32Array;
}

/** The symbols and "nothing behind the end of the line", which sorts first. */
const DIGITS = SYMBOL_COUNT + 1;

/** The longest sequence whose number is exact: 98^8 < 2^53. */
const LONGEST = 8;

/**
 * Counts the character sequences of lines. A line begins behind a line break and ends with one, and no sequence goes on
 * over it. Each position is kept as the number, in base 98, of the sequence that begins there; sorted, these numbers
 * are the tree in depth-first order.
 */
export class GramCounter {
  private grams = new Float64Array(1024);
  private size = 0;

  /** @param order 1 to 8 */
  constructor(private readonly order: number) {
    if (order < 1 || order > LONGEST)
      throw new RangeError(`The order ${order} is not between 1 and ${LONGEST}.`);
  }

  /** How many characters, line breaks included, were added. */
  get characters(): number {
    return this.size;
  }

  /** @param line without line breaks */
  addLine(line: string): void {
    const symbols = [LINE_BREAK];
    for (const character of line) symbols.push(symbolOf(character.codePointAt(0) ?? 0));
    symbols.push(LINE_BREAK);
    this.reserve(symbols.length);
    // the break at the end is counted as what follows, the one at the start as what stands before
    for (let start = 0; start < symbols.length - 1; start++) {
      let gram = 0;
      for (let i = start; i < start + this.order; i++) gram = gram * DIGITS + (symbols[i] ?? -1) + 1;
      this.grams[this.size++] = gram;
    }
  }

  private reserve(more: number): void {
    if (this.size + more <= this.grams.length) return;
    const grams = new Float64Array(Math.max(this.grams.length * 2, this.size + more));
    grams.set(this.grams);
    this.grams = grams;
  }

  /**
   * @param least how often a sequence must have been seen to be in the tree, by its length less one; the last holds for
   *   longer ones, and none is below the one before
   */
  count(least: readonly number[] = [1]): CountedGrams {
    const levels = this.sortedLevels(least);
    return flattened(this.order, this.size, levels);
  }

  private sortedLevels(least: readonly number[]): Level[] {
    const grams = this.grams.subarray(0, this.size).sort();
    const levels = Array.from(
      { length: this.order },
      (_, depth) => new Level(least[depth] ?? least.at(-1) ?? 1),
    );
    const weights = levels.map((_, depth) => DIGITS ** (this.order - 1 - depth));
    let before = -1;
    for (const gram of grams) {
      const changed = before < 0 ? 0 : firstDifference(before, gram, weights);
      if (changed < this.order) {
        if (before >= 0) close(levels, changed);
        open(levels, changed, gram, weights);
      }
      for (const level of levels) level.seen();
      before = gram;
    }
    close(levels, 0);
    return levels;
  }
}

/** The first depth at which two sequences differ. */
function firstDifference(a: number, b: number, weights: readonly number[]): number {
  if (a === b) return weights.length;
  let depth = 0;
  for (const weight of weights) {
    if (Math.floor(a / weight) !== Math.floor(b / weight)) return depth;
    depth++;
  }
  return depth;
}

/** Begins the nodes of a sequence from a depth on, as far as the sequence has symbols. */
function open(levels: readonly Level[], from: number, gram: number, weights: readonly number[]): void {
  for (let depth = from; depth < levels.length; depth++) {
    const digit = Math.floor(gram / (weights[depth] ?? 1)) % DIGITS;
    if (digit === 0) return;
    levels[depth]?.open(digit - 1, levels[depth + 1]?.length ?? 0);
    levels[depth - 1]?.followed();
  }
}

/** Ends the open nodes from a depth on. */
function close(levels: readonly Level[], from: number): void {
  for (let depth = levels.length - 1; depth >= from; depth--) levels[depth]?.close();
}

/** The nodes of one length, of which the last may be open. */
class Level {
  symbols = new Uint8Array(64);
  counts = new Uint32Array(64);
  followers = new Uint32Array(64);
  first = new Uint32Array(64);
  length = 0;
  private isOpen = false;

  constructor(private readonly least: number) {}

  open(symbol: number, firstChild: number): void {
    if (this.length === this.symbols.length) this.grow();
    this.symbols[this.length] = symbol;
    this.counts[this.length] = 0;
    this.followers[this.length] = 0;
    this.first[this.length] = firstChild;
    this.length++;
    this.isOpen = true;
  }

  seen(): void {
    if (this.isOpen) this.counts[this.length - 1] = (this.counts[this.length - 1] ?? 0) + 1;
  }

  followed(): void {
    this.followers[this.length - 1] = (this.followers[this.length - 1] ?? 0) + 1;
  }

  /** Keeps the open node, or forgets it where it was seen too seldom; its children then were as well. */
  close(): void {
    if (this.isOpen && (this.counts[this.length - 1] ?? 0) < this.least) this.length--;
    this.isOpen = false;
  }

  private grow(): void {
    const length = this.symbols.length * 2;
    this.symbols = lengthened(this.symbols, new Uint8Array(length));
    this.counts = lengthened(this.counts, new Uint32Array(length));
    this.followers = lengthened(this.followers, new Uint32Array(length));
    this.first = lengthened(this.first, new Uint32Array(length));
  }
}

function lengthened<A extends Uint8Array | Uint32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** Puts the empty sequence and the levels behind each other. */
function flattened(order: number, characters: number, levels: readonly Level[]): CountedGrams {
  const nodes = levels.reduce((sum, level) => sum + level.length, 1);
  const symbols = new Uint8Array(nodes);
  const counts = new Uint32Array(nodes);
  const followers = new Uint32Array(nodes);
  const first = new Uint32Array(nodes + 1);
  counts[0] = characters;
  followers[0] = levels[0]?.length ?? 0;
  first[0] = 1;
  let at = 1;
  for (const level of levels) {
    symbols.set(level.symbols.subarray(0, level.length), at);
    counts.set(level.counts.subarray(0, level.length), at);
    followers.set(level.followers.subarray(0, level.length), at);
    for (let i = 0; i < level.length; i++) first[at + i] = at + level.length + (level.first[i] ?? 0);
    at += level.length;
  }
  // nodes of the last level have no children: theirs begin, and end, behind the last node
  first.fill(nodes, nodes - (levels.at(-1)?.length ?? 0));
  return { order, symbols, counts, followers, first };
}
