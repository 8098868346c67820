import { PrefixTree } from '../../../language/prefixTree';
import type { Lexicon } from '../../../language/lexicon';
import type { LikelyText } from '../../../language/likelyText';
import { alignClasses, type FrameRange } from './alignText';
import { DECODER_WEIGHTS, type DecoderWeights } from './decoderWeights';
import type { Frames } from './frames';
import { pathsLikelihood, spacesLikelihood } from './inkLikelihood';
import { KnownWords } from './knownWords';
import { plainReading } from './plainReading';
import { PrefixBeam } from './prefixBeam';
import { usefulFrames, type UsefulFrames } from './usefulFrames';

/** A text that ink may say. */
export interface LineCandidate {
  readonly text: string;
  /** 0 to 1; those of all texts that were followed sum to one, the ones not given among them */
  readonly probability: number;
  /** whether it is the reading without language, lexicon and place */
  readonly isPlain: boolean;
  /** for each character of the text the frames that it was read from */
  readonly alignment: readonly FrameRange[];
}

export interface DecodeOptions {
  /** the characters that may be read; without it all of the network's */
  readonly allowed?: ReadonlySet<string> | undefined;
  /** how many candidates are asked for: 5, unless it says otherwise. The plain reading may be one more. */
  readonly top?: number | undefined;
}

/** So many names of a line are looked for among those of the lexicon, one after the other. */
const ROUNDS = 4;
/** By so much a word of the lexicon that the beam gave up has to be likelier, so that new words stay new. */
const GIVEN_UP = 8;
/** Frames times characters of all texts that are tried: a line of 20 characters tries hundreds, one of 200 two or three. */
const MOST_CELLS = 300_000;

/** The score of a text that the ink cannot say. */
const UNREADABLE = -1e6;

interface Scored {
  readonly text: string;
  readonly score: number;
}

/** Reads what a line network says into texts. One decoder reads one line after the other and keeps its memory. */
export class LineDecoder {
  private readonly beam = new PrefixBeam();
  private tree: PrefixTree | undefined;

  constructor(private readonly weights: DecoderWeights = DECODER_WEIGHTS) {}

  /**
   * The likeliest texts, likeliest first, the plain reading among them or behind them; none where nothing may be read.
   *
   * @param place what is known of where the text goes
   */
  decode(frames: Frames, place: LikelyText, { allowed, top = 5 }: DecodeOptions = {}): LineCandidate[] {
    const isAllowed = allowedClasses(frames, allowed);
    const useful = usefulFrames(frames, isAllowed);
    const tree = this.treeAt(place);
    const plain = plainReading(frames, isAllowed, this.weights);
    const texts = this.likelyTexts(frames, useful, tree);
    if (!texts.some(({ text }) => text === plain)) texts.push(this.scored(frames, useful, tree, plain));
    texts.push(...this.withKnownWords(frames, useful, tree, { lexicon: place.lexicon, texts, isAllowed }));
    const candidates = this.probable(texts.filter(({ text }) => text !== ''));
    const chosen = candidates.filter(({ text }, rank) => rank < top || text === plain);
    return this.given(frames, useful, chosen, plain);
  }

  /**
   * What a text may be instead at one of its characters: the texts with another there and the one without it, likeliest
   * first, the text itself among them.
   *
   * @param at which of the text's characters, from 0; a space has no alternatives but to be left out
   */
  alternatives(
    frames: Frames,
    place: LikelyText,
    text: string,
    at: number,
    { allowed, top = 5 }: DecodeOptions = {},
  ): LineCandidate[] {
    const isAllowed = allowedClasses(frames, allowed);
    const useful = usefulFrames(frames, isAllowed);
    const tree = this.treeAt(place);
    const plain = plainReading(frames, isAllowed, this.weights);
    const characters = [...text];
    const instead = characters[at] === ' ' ? [] : frames.characters.filter((_, each) => isAllowed[each]);
    const texts = new Set([text, ...['', ...instead].map((each) => characters.with(at, each).join(''))]);
    texts.delete('');
    const scored = [...texts].map((each) => this.scored(frames, useful, tree, each));
    return this.given(frames, useful, this.probable(scored).slice(0, top), plain);
  }

  /** A text that somebody says the ink is, with the frames of its characters. */
  aligned(frames: Frames, text: string, { allowed }: DecodeOptions = {}): LineCandidate {
    const isAllowed = allowedClasses(frames, allowed);
    const useful = usefulFrames(frames, isAllowed);
    const plain = plainReading(frames, isAllowed, this.weights);
    return this.given(frames, useful, [{ text, probability: 1 }], plain)[0] as LineCandidate;
  }

  private given(
    frames: Frames,
    useful: UsefulFrames,
    texts: readonly { text: string; probability: number }[],
    plain: string,
  ): LineCandidate[] {
    return texts.map(({ text, probability }) => ({
      text,
      probability,
      isPlain: text === plain,
      alignment: align(frames, useful, [...text]),
    }));
  }

  private treeAt(place: LikelyText): PrefixTree {
    if (this.tree) this.tree.begin(place, this.weights);
    else this.tree = new PrefixTree(place, this.weights);
    return this.tree;
  }

  private likelyTexts(frames: Frames, useful: UsefulFrames, tree: PrefixTree): Scored[] {
    const codePoints = frames.characters.map((character) => character.codePointAt(0) ?? 0);
    return this.beam
      .read(frames, useful, tree, codePoints, this.weights)
      .map(({ node, ink }) => ({ text: tree.textOf(node), score: ink + tree.finalScore(node) }));
  }

  /** Texts with words of the lexicon that the beam gave up: those near the likeliest text, and on from the best of them. */
  private withKnownWords(
    frames: Frames,
    useful: UsefulFrames,
    tree: PrefixTree,
    {
      lexicon,
      texts,
      isAllowed,
    }: { lexicon: Lexicon; texts: readonly Scored[]; isAllowed: readonly boolean[] },
  ): Scored[] {
    const words = new KnownWords(lexicon);
    const seen = new Set(texts.map(({ text }) => text));
    const found: Scored[] = [];
    let best = likeliest(texts);
    let left = MOST_CELLS / (useful.count * (best.text.length + 1));
    for (let round = 0; round < ROUNDS; round++) {
      const tried = words
        .textsNear(best.text)
        .filter((text) => !seen.has(text) && isReadable(frames, isAllowed, text))
        .slice(0, left)
        .map((text) => ({ text, score: this.scored(frames, useful, tree, text).score - GIVEN_UP }));
      for (const { text } of tried) seen.add(text);
      found.push(...tried);
      left -= tried.length;
      const next = likeliest([best, ...tried]);
      if (next === best) break;
      best = next;
    }
    return found;
  }

  /** What the beam would say of a text that it gave up. */
  private scored(frames: Frames, useful: UsefulFrames, tree: PrefixTree, text: string): Scored {
    const characters = [...text];
    const ranges = align(frames, useful, characters);
    if (!ranges.some(({ from, to }) => to > from)) return { text, score: UNREADABLE };
    const ink =
      pathsLikelihood(frames, useful, classesOf(frames, characters)) +
      spacesLikelihood(frames, characters, ranges, this.weights);
    return { text, score: ink + tree.finalScore(tree.followed(tree.start, text)) };
  }

  /** Probabilities of scores, the likeliest first: softmax at the temperature that makes them come true. */
  private probable(texts: readonly Scored[]): { text: string; probability: number }[] {
    const sorted = [...texts].sort((a, b) => b.score - a.score);
    const best = sorted[0]?.score ?? 0;
    const weights = sorted.map(({ score }) => Math.exp((score - best) * this.weights.temperature));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return sorted.map(({ text }, i) => ({ text, probability: (weights[i] ?? 0) / sum }));
  }
}

function allowedClasses({ characters }: Frames, allowed: ReadonlySet<string> | undefined): boolean[] {
  return characters.map((character) => allowed?.has(character) ?? true);
}

/** Whether each character of a text, spaces left out, is one that may be read. */
function isReadable(frames: Frames, isAllowed: readonly boolean[], text: string): boolean {
  return classesOf(frames, [...text]).every((each) => isAllowed[each]);
}

const likeliest = (texts: readonly Scored[]): Scored =>
  texts.reduce((best, each) => (each.score > best.score ? each : best));

function classesOf({ characters }: Frames, text: readonly string[]): number[] {
  return text.filter((character) => character !== ' ').map((character) => characters.indexOf(character));
}

/** The frames of each character of a text; a space has none, and stands where the next character begins. */
function align(frames: Frames, useful: UsefulFrames, text: readonly string[]): FrameRange[] {
  const classes = classesOf(frames, text);
  // a text with other characters than the network's was never read: it is aligned with nothing
  const ranges = (classes.includes(-1) ? undefined : alignClasses(frames, useful, classes)) ?? [];
  let at = 0;
  return text.map((character) => {
    const next = ranges[at] ?? { from: frames.count, to: frames.count };
    if (character === ' ') return { from: next.from, to: next.from };
    at++;
    return next;
  });
}
