import type { Lexicon } from '../../../language/lexicon';
import { nearWords } from '../../../language/nearWords';

/** A word of the lexicon may be another than what was read by so many edits, as a share of what was read. */
const EDITS = 0.4;
/** Shorter words are near to too many. */
const SHORTEST = 3;
/** Longer pieces are no names, and would be held against every word of the lexicon. */
const LONGEST = 80;
/** So many words are tried instead of a piece of a text. */
const WORDS = 3;

const PIECE = /[\p{L}\p{N}_$]+/gu;

/** Words of a lexicon instead of pieces of a text that are near to them. One of them serves one line. */
export class KnownWords {
  /** by what was read */
  private readonly near = new Map<string, readonly string[]>();

  constructor(private readonly lexicon: Lexicon) {}

  /**
   * The text with one of its pieces, or two with a character between them, written as a word of the lexicon: a name that
   * begins with letters which the ink hardly says is given up by a beam before its other letters can speak for it.
   */
  textsNear(text: string): string[] {
    if (this.lexicon.isEmpty) return [];
    const pieces = [...text.matchAll(PIECE)].map(({ 0: piece, index }) => ({
      from: index,
      to: index + piece.length,
      isKnown: this.isKnown(piece),
    }));
    return pieces.flatMap(({ from, to, isKnown }, at) => {
      const next = pieces[at + 1];
      const ends = isKnown ? [] : [to];
      if (next && next.from - to === 1 && !(isKnown && next.isKnown)) ends.push(next.to);
      return ends.flatMap((end) =>
        this.wordsNear(text.slice(from, end).replace(' ', '')).map(
          (word) => text.slice(0, from) + word + text.slice(end),
        ),
      );
    });
  }

  private isKnown(piece: string): boolean {
    let node = 0;
    for (const character of piece) node = this.lexicon.next(node, character.codePointAt(0) ?? 0);
    return node >= 0 && this.lexicon.end(node) > 0;
  }

  private wordsNear(piece: string): readonly string[] {
    const { length } = Array.from(piece);
    if (length < SHORTEST || length > LONGEST) return [];
    const known = this.near.get(piece);
    if (known) return known;
    const near = nearWords(this.lexicon, piece, Math.floor(EDITS * length), WORDS);
    const words = near.filter((word) => word.length >= SHORTEST);
    this.near.set(piece, words);
    return words;
  }
}
