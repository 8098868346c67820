import { beginsWord } from './wordCharacters';

/** Words of one origin, with weights. */
export interface WordGroup {
  /** how much the group counts among the groups that have words, above 0 */
  readonly share: number;
  readonly words: ReadonlyMap<string, number> | Iterable<readonly [word: string, weight: number]>;
}

/**
 * Words with weights, as a trie of code points: the state of reading a word is a node, and a node's weight is that of
 * all words that go on from it. Node 0 is the start.
 */
export class Lexicon {
  private readonly codePoints: Uint32Array;
  /** the children of a node are from `first[node]` to before `first[node + 1]`, sorted by code point */
  private readonly first: Uint32Array;
  private readonly weights: Float64Array;
  private readonly ends: Float64Array;

  private constructor(words: readonly (readonly [points: number[], weight: number])[]) {
    const levels = buildLevels(words);
    const nodes = levels.reduce((sum, level) => sum + level.length, 0);
    this.codePoints = new Uint32Array(nodes);
    this.first = new Uint32Array(nodes + 1).fill(nodes);
    this.weights = new Float64Array(nodes);
    this.ends = new Float64Array(nodes);
    let at = 0;
    for (const level of levels) {
      let child = at + level.length;
      for (const node of level) {
        this.codePoints[at] = node.codePoint;
        this.weights[at] = node.weight;
        this.ends[at] = node.end;
        this.first[at++] = child;
        child += node.children;
      }
    }
  }

  /**
   * A lexicon of groups of words. Each group's words together weigh its share. A word begins with a letter, `_` or `$`:
   * what stands before that is left out of it, and a word without any of these is left out.
   */
  static of(groups: Iterable<WordGroup>): Lexicon {
    const weights = new Map<string, number>();
    for (const { share, words } of groups) {
      const named = namedWords(words);
      const sum = named.reduce((total, [, weight]) => total + weight, 0);
      for (const [word, weight] of named)
        weights.set(word, (weights.get(word) ?? 0) + (share * weight) / sum);
    }
    const points = [...weights].map(([word, weight]) => [codePointsOf(word), weight] as const);
    return new Lexicon(points.sort(([a], [b]) => comparePoints(a, b)));
  }

  /** Whether it has no words. */
  get isEmpty(): boolean {
    return this.weights.length === 1;
  }

  /** The node of a node's word and a character more, or -1. */
  next(node: number, codePoint: number): number {
    let low = this.first[node] ?? 0;
    let high = this.first[node + 1] ?? 0;
    const end = high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.codePoints[middle] ?? 0) < codePoint) low = middle + 1;
      else high = middle;
    }
    return low < end && this.codePoints[low] === codePoint ? low : -1;
  }

  /** The characters that a node's word goes on with, each with its node. */
  *children(node: number): Generator<[codePoint: number, node: number]> {
    for (let child = this.first[node] ?? 0; child < (this.first[node + 1] ?? 0); child++)
      yield [this.codePoints[child] ?? 0, child];
  }

  /** The weight of all words that begin with a node's characters, above 0. */
  weight(node: number): number {
    return this.weights[node] ?? 0;
  }

  /** The weight of the word that ends at a node, or 0. */
  end(node: number): number {
    return this.ends[node] ?? 0;
  }
}

interface Node {
  readonly codePoint: number;
  weight: number;
  end: number;
  children: number;
}

/** The nodes level by level, of words in order. */
function buildLevels(words: readonly (readonly [number[], number])[]): Node[][] {
  const root: Node = { codePoint: 0, weight: 0, end: 0, children: 0 };
  const levels: Node[][] = [[root]];
  let path: Node[] = [root];
  let before: readonly number[] = [];
  for (const [points, weight] of words) {
    let shared = 0;
    while (shared < before.length && before[shared] === points[shared]) shared++;
    path = path.slice(0, shared + 1);
    for (const codePoint of points.slice(shared)) {
      const node: Node = { codePoint, weight: 0, end: 0, children: 0 };
      const parent = path.at(-1);
      if (parent) parent.children++;
      (levels[path.length] ??= []).push(node);
      path.push(node);
    }
    for (const node of path) node.weight += weight;
    const last = path.at(-1);
    if (last) last.end += weight;
    before = points;
  }
  return levels;
}

function namedWords(words: WordGroup['words']): [string, number][] {
  const named: [string, number][] = [];
  for (const [word, weight] of words) {
    const points = [...word];
    const start = points.findIndex((character) => beginsWord(character.codePointAt(0) ?? 0));
    if (start >= 0 && weight > 0) named.push([points.slice(start).join(''), weight]);
  }
  return named;
}

const codePointsOf = (word: string): number[] => [...word].map((character) => character.codePointAt(0) ?? 0);

function comparePoints(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
