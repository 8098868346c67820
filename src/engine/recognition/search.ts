import type { Candidate } from '../../protocol/engine/recognition';
import { largestOf, softmax } from '../../base/vectors';
import type { PrefixTree } from '../../language/prefixTree';
import { placementScore } from './layout';

/** A gap of this many heights between two characters is a space; of so many times the line's usual gap, too. */
const SPACE = 0.45;
const WIDER = 2.6;
/** Signs that stand between two others are written with room around them, which is a space from so many times more. */
const SPACED = new Set('+-=<>');
const ROOM = 2.5;
/** Cost of two characters standing one over the other, a height, from so much on. */
const OVERLAP = 9;
const SLIGHT_OVERLAP = 0.15;
/** Readings that are kept while a line is read from left to right, and classes of each character that are tried. */
const BEAM = 24;
const CLASSES = 6;
const LEAST_PROBABILITY = 1e-6;
const BLANK = 0x20;
/** Weight of where a character stands on its line against what its picture says. */
const PLACE = 1.5;
/** So many classes are candidates, by what stands before them and by so many characters behind. */
const LOOKED_BACK_AT = 12;
const AHEAD = 8;
/** Where all letters are small, the line's height is an x-height, this share of a capital's. */
const X_HEIGHT = 0.6;

/** Where something stands, y down. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Consecutive pieces of a line, fragments of a picture, that may be one character. */
export interface Segment extends Box {
  /** Index of its first piece, and of the one behind its last. */
  readonly from: number;
  readonly to: number;
  /** What speaks against its pieces being one character whole, as a logarithm. */
  readonly cost: number;
  /** Of every class. */
  readonly probabilities: Float32Array;
}

/** A text that the first pieces of a line may be. */
export interface Reading {
  readonly text: string;
  /** What the language tree knows the text by. */
  readonly node: number;
  /** Logarithm of how well the text suits the ink, up to a constant. */
  readonly ink: number;
  /** The same with how likely the text is. */
  readonly score: number;
  /** The last character, and the reading of what stands before it; none where nothing is read yet. */
  readonly last?: { readonly segment: Segment; readonly before: Reading } | undefined;
}

/** A line's geometry, in the unit of its segments. */
export interface Ruling {
  readonly baseline: number;
  readonly capitalHeight: number;
}

export interface Search {
  readonly classes: readonly string[];
  readonly allowed: readonly boolean[];
  /** How likely texts are where the line stands. */
  readonly tree: PrefixTree;
  readonly ruling: Ruling;
  /** Of the line's taller characters. */
  readonly height: number;
  /** A wider gap between two characters is a space. */
  readonly space: number;
}

/** The two ways to rule a line: its tall pieces are capitals, or all its letters are small. */
export function rulings(pieces: readonly Box[], height: number): Ruling[] {
  const bottoms = pieces
    .filter(({ top, bottom }) => bottom - top > height / 2)
    .map(({ bottom }) => bottom)
    .sort((a, b) => a - b);
  const baseline = bottoms[bottoms.length >> 1] ?? largestOf(pieces.map(({ bottom }) => bottom));
  return [
    { baseline, capitalHeight: height },
    { baseline, capitalHeight: height / X_HEIGHT },
  ];
}

/** The sum of the gaps that pieces leave between each other, from left to right. */
export function gapsOf(pieces: readonly Box[]): number {
  let right = Infinity;
  let gaps = 0;
  for (const box of pieces.toSorted((a, b) => a.left - b.left)) {
    gaps += Math.max(0, box.left - right);
    right = right === Infinity ? box.right : Math.max(right, box.right);
  }
  return gaps;
}

/** The gap from which on the pieces of a line, from left to right, are words apart. */
export function spaceOf(pieces: readonly Box[], height: number): number {
  return Math.max(SPACE * height, WIDER * usualGap(pieces));
}

/** The middle one of the gaps between pieces that stand beside each other; 0 where none do. */
function usualGap(pieces: readonly Box[]): number {
  const gaps = pieces
    .map(
      (piece, at) =>
        piece.left - Math.max(...pieces.slice(Math.max(0, at - 3), at).map(({ right }) => right)),
    )
    .filter((gap) => gap > 0 && gap < Infinity)
    .sort((a, b) => a - b);
  return gaps[(gaps.length - 1) >> 1] ?? 0;
}

/** The height of the taller pieces: dots and dashes do not make a line lower. */
export function lineHeight(pieces: readonly Box[]): number {
  const heights = pieces.map(({ top, bottom }) => bottom - top).sort((a, b) => a - b);
  const tall = heights[Math.floor(heights.length * 0.75)] ?? 0;
  const extents = pieces.map(({ top, bottom, left, right }) => Math.max(bottom - top, right - left));
  return tall > 0 ? tall : largestOf(extents, 1e-9);
}

/** The reading of nothing. */
export function begun(tree: PrefixTree): Reading {
  return { text: '', node: tree.start, ink: 0, score: 0 };
}

/**
 * The best readings of a line's pieces, best first, by beam search from left to right.
 *
 * @param segments what may be characters
 * @param pieces how many there are
 */
export function search(segments: readonly Segment[], pieces: number, options: Search): Reading[] {
  const beams: Reading[][] = Array.from({ length: pieces + 1 }, () => []);
  beams[0] = [begun(options.tree)];
  for (let at = 0; at < pieces; at++) {
    const beam = (beams[at] ?? []).sort((a, b) => b.score - a.score).slice(0, BEAM);
    for (const segment of segments.filter(({ from }) => from === at)) {
      const choices = choicesOf(segment, options);
      for (const reading of beam) {
        for (const choice of choices) beams[segment.to]?.push(extended(reading, segment, choice, options));
      }
    }
  }
  return (beams[pieces] ?? []).sort((a, b) => b.score - a.score).slice(0, BEAM);
}

interface Choice {
  readonly text: string;
  readonly score: number;
}

/** The likeliest classes of a segment, with where it stands taken into account. */
function choicesOf(segment: Segment, search: Search): Choice[] {
  return scoresOf(segment, search)
    .map(({ text, score }) => ({ text, score: score - segment.cost }))
    .sort((a, b) => b.score - a.score)
    .slice(0, CLASSES);
}

/** How well each class of the alphabet suits a segment, as logarithms up to a constant. */
function scoresOf(
  segment: Segment,
  { classes, allowed, ruling }: Pick<Search, 'classes' | 'allowed' | 'ruling'>,
): Choice[] {
  const place = {
    top: (ruling.baseline - segment.top) / ruling.capitalHeight,
    bottom: (ruling.baseline - segment.bottom) / ruling.capitalHeight,
  };
  return classes
    .map((text, index) => {
      const probability = Math.max(LEAST_PROBABILITY, segment.probabilities[index] ?? 0);
      return { text, score: Math.log(probability) + PLACE * placementScore(text, place) };
    })
    .filter((_, index) => allowed[index]);
}

/** Whether the gap between a reading's last character and what a segment behind it is read as is a space. */
export function hasSpaceBefore(segment: Segment, reading: Reading, text: string, { space }: Search): boolean {
  if (!reading.last) return false;
  const room = SPACED.has(text) || SPACED.has(reading.text.slice(-1)) ? ROOM : 1;
  return segment.left - reading.last.segment.right > room * space;
}

/** The node of a reading and a character more, behind a space where there is one. */
function nodeBehind(segment: Segment, before: Reading, text: string, search: Search): number {
  const { tree } = search;
  const node = hasSpaceBefore(segment, before, text, search)
    ? tree.extended(before.node, BLANK)
    : before.node;
  return tree.followed(node, text);
}

/** What a segment may be where it stands on its line, whatever stands before it: most likely first. */
export function candidatesAlone(
  segment: Segment,
  search: Pick<Search, 'classes' | 'allowed' | 'ruling'>,
): Candidate[] {
  return shared(scoresOf(segment, search));
}

/**
 * What a segment may be where it stands, behind a reading and before the rest of the line: most likely first,
 * probabilities that sum to 1.
 */
export function candidatesAt(
  segment: Segment,
  { before, rest }: { before: Reading; rest: string },
  search: Search,
): Candidate[] {
  const { tree } = search;
  const likeliest = scoresOf(segment, search).sort((a, b) => b.score - a.score);
  const choices = likeliest.slice(0, LOOKED_BACK_AT).map(({ text, score }) => {
    const node = nodeBehind(segment, before, text, search);
    return { text, score: score + tree.score(tree.followed(node, rest.slice(0, AHEAD))) };
  });
  return shared(choices);
}

function extended(reading: Reading, segment: Segment, choice: Choice, search: Search): Reading {
  const gap = reading.last ? (segment.left - reading.last.segment.right) / search.height : 0;
  const space = hasSpaceBefore(segment, reading, choice.text, search) ? ' ' : '';
  const node = nodeBehind(segment, reading, choice.text, search);
  const ink = reading.ink + choice.score - OVERLAP * Math.max(0, -gap - SLIGHT_OVERLAP);
  return {
    text: reading.text + space + choice.text,
    node,
    ink,
    score: ink + search.tree.score(node),
    last: { segment, before: reading },
  };
}

/** Probabilities by scores, most likely first. */
function shared(choices: readonly Choice[]): Candidate[] {
  const shares = softmax(choices.map(({ score }) => score));
  return choices
    .map(({ text }, at) => ({ text, probability: shares[at] ?? 0 }))
    .sort((a, b) => b.probability - a.probability);
}
