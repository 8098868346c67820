import { bracketStep, closerOf, isOftenLeftOpen, openBrackets } from './brackets';
import { copied } from './copied';
import type { LanguageWeights } from './languageWeights';
import type { LikelyText } from './likelyText';
import { logAdd } from './logarithms';
import { ModelBlend } from './modelBlend';
import { OTHER, symbolOf } from './symbols';
import { beginsWord, isInWord } from './wordCharacters';
import { beforeInLine, behindInLine } from './writtenLines';

/** Of the line before the cursor so much is read: more than any model or word looks back. */
const BEFORE = 80;
const BEHIND = 12;

/** A character beyond ASCII is one of so many. */
const OTHER_CHARACTERS = 50;

/** A word of the lexicon that is only begun at the end of the text has at least this share of its beginning. */
const UNFINISHED = 0.02;

/** Nodes for a line; what a longer one needs is given back. */
const CAPACITY = 1 << 14;

/**
 * The texts that a reading may begin with, as a tree, each with how likely it is: the score grows character by
 * character, and what was worked out for a beginning holds for all that go on from it.
 *
 * A text's probability is that of its characters by the models, mixed. Of a word it is a mixture, too: with the
 * probability `lexicon` it is one of the lexicon's, by its weight there, and otherwise any, character by character. So
 * a name of the lexicon is likely as a whole, a word that leaves the lexicon costs what the mixture gave away and no
 * more, and no word is impossible.
 */
export class PrefixTree {
  private size = 0;
  private parents = new Int32Array(CAPACITY);
  private codePoints = new Uint32Array(CAPACITY);
  private firstChildren = new Int32Array(CAPACITY);
  private nextSiblings = new Int32Array(CAPACITY);
  private scores = new Float64Array(CAPACITY);
  /** logarithm of the probability of all before the word that is open */
  private closed = new Float64Array(CAPACITY);
  /** logarithms of the open word's probability as one of the lexicon, and as any; of no word -Infinity and 0 */
  private known = new Float64Array(CAPACITY);
  private free = new Float64Array(CAPACITY);
  /** the node in the lexicon that the open word has come to, or -1 */
  private words = new Int32Array(CAPACITY);
  /** what length and brackets add */
  private extras = new Float64Array(CAPACITY);
  /** the innermost open bracket: its place in the stacks, 0 for none */
  private brackets = new Int32Array(CAPACITY);
  private wordShares = new Float64Array(CAPACITY);
  private readonly blend = new ModelBlend();

  /** open brackets: what closes each, the one outside it, and whether the text itself opened it */
  private stackClosers: number[] = [];
  private stackOuter: number[] = [];
  private stackOwn: boolean[] = [];

  private base = 0;
  private behind: readonly number[] = [];

  // what a node and a character come to, as `weigh` leaves it
  private readonly weighed = { closed: 0, known: 0, free: 0, word: 0, extra: 0 };

  constructor(
    private text: LikelyText,
    private weights: LanguageWeights,
  ) {
    this.begin(text, weights);
  }

  /** Forgets all texts and begins anew at another place. */
  begin(text: LikelyText, weights: LanguageWeights): void {
    this.text = text;
    this.weights = weights;
    this.size = 0;
    if (this.parents.length > CAPACITY) this.resize(CAPACITY);
    this.beginStacks(text.before);
    const line = beforeInLine(text.before, BEFORE);
    this.plantRoot(line.length < BEFORE);
    this.base = this.followed(0, line);
    this.behind = [...behindInLine(text.after, BEHIND)].map((character) => character.codePointAt(0) ?? 0);
    for (let i = 1; i < this.stackOwn.length; i++) this.stackOwn[i] = false;
  }

  private beginStacks(before: string): void {
    this.stackClosers = [0];
    this.stackOuter = [0];
    this.stackOwn = [false];
    const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
    const start = Math.max(lineStart, before.length - BEFORE);
    for (const closer of openBrackets(before.slice(0, start)))
      this.pushBracket(closer, this.stackOuter.length - 1);
  }

  private plantRoot(isLineStart: boolean): void {
    this.size = 1;
    this.parents[0] = -1;
    this.codePoints[0] = 10;
    this.firstChildren[0] = -1;
    this.nextSiblings[0] = -1;
    this.scores[0] = 0;
    this.closed[0] = 0;
    this.known[0] = -Infinity;
    this.free[0] = 0;
    this.words[0] = -1;
    this.extras[0] = 0;
    this.brackets[0] = this.stackClosers.length - 1;
    this.wordShares[0] = NaN;
    const { models } = this.text;
    this.blend.begin(models, this.weights.surprise, this.parents.length, isLineStart);
  }

  /** The node of the empty text, at the cursor. */
  get start(): number {
    return this.base;
  }

  /** How many texts there are; node numbers are below it. */
  get length(): number {
    return this.size;
  }

  /** How likely a text is, in the units of a natural logarithm; only differences have a meaning. */
  score(node: number): number {
    return this.scores[node] ?? 0;
  }

  /** The last character of a text. */
  codePoint(node: number): number {
    return this.codePoints[node] ?? 0;
  }

  parent(node: number): number {
    return this.parents[node] ?? 0;
  }

  /** The characters of a text behind the cursor. */
  textOf(node: number): string {
    const characters = [];
    for (let at = node; at !== this.base; at = this.parents[at] ?? this.base) {
      characters.push(String.fromCodePoint(this.codePoints[at] ?? 0));
    }
    return characters.reverse().join('');
  }

  /** The node of a text that goes on from another. */
  followed(node: number, text: string): number {
    let at = node;
    for (const character of text) at = this.extended(at, character.codePointAt(0) ?? 0);
    return at;
  }

  /** The node of a text and a character more, made where there is none yet. */
  extended(node: number, codePoint: number): number {
    for (let child = this.firstChildren[node] ?? -1; child >= 0; child = this.nextSiblings[child] ?? -1) {
      if (this.codePoints[child] === codePoint) return child;
    }
    return this.plant(node, codePoint);
  }

  /** How likely a text is as all that is written: words are finished, and what stands behind the cursor follows. */
  finalScore(node: number): number {
    const unclosed = this.weights.unclosed * this.leftOpen(node);
    if (this.behind.length === 0) return this.scoreOf(this.finished(node), this.extras[node] ?? 0) - unclosed;
    let end = node;
    for (const codePoint of this.behind) end = this.extended(end, codePoint);
    const own = this.scores[node] ?? 0;
    return (
      own + this.weights.after * ((this.scores[end] ?? 0) - own) - this.weights.unclosed * this.leftOpen(end)
    );
  }

  /** The logarithm of a text's probability where its last word ends with it. */
  private finished(node: number): number {
    const closed = this.closed[node] ?? 0;
    const word = this.words[node] ?? -1;
    if (word < 0) return closed + (this.free[node] ?? 0);
    const share = this.text.lexicon.end(word) / this.text.lexicon.weight(word);
    return (
      closed + logAdd((this.known[node] ?? 0) + Math.log(Math.max(share, UNFINISHED)), this.free[node] ?? 0)
    );
  }

  private get trust(): number {
    return this.weights.trust[this.text.kind];
  }

  private scoreOf(probability: number, extra: number): number {
    return this.trust * this.weights.language * probability + extra;
  }

  /** How many of the brackets and quotes that the text opened it leaves open. */
  private leftOpen(node: number): number {
    let count = 0;
    for (let at = this.brackets[node] ?? 0; at > 0; at = this.stackOuter[at] ?? 0) {
      if (this.stackOwn[at] && !isOftenLeftOpen(this.stackClosers[at] ?? 0)) count++;
    }
    return count;
  }

  private plant(parent: number, codePoint: number): number {
    if (this.size === this.parents.length) this.resize(this.size * 2);
    const node = this.size++;
    const symbol = symbolOf(codePoint);
    const probability = this.blend.probability(parent, symbol);
    this.blend.advance(parent, node, symbol, probability);
    this.weigh(parent, codePoint, symbol === OTHER ? probability / OTHER_CHARACTERS : probability);
    const { closed, known, free, word, extra } = this.weighed;
    this.parents[node] = parent;
    this.codePoints[node] = codePoint;
    this.firstChildren[node] = -1;
    this.nextSiblings[node] = this.firstChildren[parent] ?? -1;
    this.firstChildren[parent] = node;
    this.closed[node] = closed;
    this.known[node] = known;
    this.free[node] = free;
    this.words[node] = word;
    this.wordShares[node] = NaN;
    this.extras[node] = extra + this.trust * this.weights.length + this.bracketed(parent, node, codePoint);
    this.scores[node] = this.scoreOf(closed + logAdd(known, free), this.extras[node] ?? 0);
    return node;
  }

  /** Works out what a text and a character more come to. */
  private weigh(parent: number, codePoint: number, likelihood: number): void {
    const probability = Math.log(likelihood);
    const weighed = this.weighed;
    weighed.closed = this.closed[parent] ?? 0;
    weighed.known = this.known[parent] ?? 0;
    weighed.free = (this.free[parent] ?? 0) + probability;
    weighed.word = this.words[parent] ?? -1;
    weighed.extra = this.extras[parent] ?? 0;
    if (weighed.word >= 0) this.goOn(parent, codePoint, probability);
    else if (!isInWord(codePoint)) this.close(weighed.free);
    else if (this.beginsHere(parent, codePoint)) this.beginWord(parent, codePoint, probability);
  }

  /** Ends what is open: all so far has this logarithm of a probability. */
  private close(open: number): void {
    this.weighed.closed += open;
    this.weighed.known = -Infinity;
    this.weighed.free = 0;
    this.weighed.word = -1;
  }

  /** A character more while the open word is one of the lexicon's beginnings. */
  private goOn(parent: number, codePoint: number, probability: number): void {
    const { lexicon } = this.text;
    const weighed = this.weighed;
    const next = lexicon.next(weighed.word, codePoint);
    const weight = lexicon.weight(weighed.word);
    if (next >= 0) {
      weighed.known += Math.log(lexicon.weight(next) / weight);
      weighed.word = next;
    } else if (isInWord(codePoint)) {
      weighed.known = -Infinity;
      weighed.word = -1;
    } else {
      const ended = weighed.known + Math.log(lexicon.end(weighed.word) / weight);
      this.close(logAdd(ended, this.free[parent] ?? 0) + probability);
    }
  }

  private beginsHere(parent: number, codePoint: number): boolean {
    return !this.text.lexicon.isEmpty && beginsWord(codePoint) && !isInWord(this.codePoints[parent] ?? 0);
  }

  private beginWord(parent: number, codePoint: number, probability: number): void {
    const { lexicon } = this.text;
    this.close(this.free[parent] ?? 0);
    const weighed = this.weighed;
    const next = lexicon.next(0, codePoint);
    weighed.free = Math.log1p(-this.weights.lexicon) + probability;
    weighed.word = next;
    if (next < 0) return;
    const share = (this.weights.lexicon * lexicon.weight(next)) / lexicon.weight(0);
    weighed.known = Math.log(share * this.wordShare(parent));
  }

  /** The probability that a word begins behind a text. */
  private wordShare(node: number): number {
    const known = this.wordShares[node] ?? NaN;
    if (!Number.isNaN(known)) return known;
    const share = this.blend.wordProbability(node);
    this.wordShares[node] = share;
    return share;
  }

  /** Keeps the brackets that are open behind a node; gives what the character adds. */
  private bracketed(parent: number, node: number, codePoint: number): number {
    const open = this.brackets[parent] ?? 0;
    this.brackets[node] = open;
    const step = bracketStep(codePoint, this.stackClosers[open] ?? 0, isInWord(this.codePoints[parent] ?? 0));
    if (step === 'none') return 0;
    if (step === 'mismatches') return -this.weights.mismatched;
    if (step === 'opens') {
      this.brackets[node] = this.pushBracket(closerOf(codePoint), open);
      return 0;
    }
    this.brackets[node] = this.stackOuter[open] ?? 0;
    return this.weights.closed;
  }

  private pushBracket(closer: number, outer: number): number {
    this.stackClosers.push(closer);
    this.stackOuter.push(outer);
    this.stackOwn.push(true);
    return this.stackClosers.length - 1;
  }

  private resize(capacity: number): void {
    const kept = Math.min(capacity, this.size);
    const ints = (from: Int32Array<ArrayBuffer>) => copied(from, new Int32Array(capacity), kept);
    const floats = (from: Float64Array<ArrayBuffer>) => copied(from, new Float64Array(capacity), kept);
    this.parents = ints(this.parents);
    this.codePoints = copied(this.codePoints, new Uint32Array(capacity), kept);
    this.firstChildren = ints(this.firstChildren);
    this.nextSiblings = ints(this.nextSiblings);
    this.scores = floats(this.scores);
    this.closed = floats(this.closed);
    this.known = floats(this.known);
    this.free = floats(this.free);
    this.words = ints(this.words);
    this.extras = floats(this.extras);
    this.brackets = ints(this.brackets);
    this.wordShares = floats(this.wordShares);
    this.blend.resize(capacity, kept);
  }
}
