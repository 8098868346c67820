import type { Candidate } from '../../protocol/engine/recognition';
import { contextFactor } from './context';
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
  /** Logarithm of how likely it is, up to a constant. */
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
  /** The text before the line. */
  readonly context: string;
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
  const baseline = bottoms[bottoms.length >> 1] ?? Math.max(...pieces.map(({ bottom }) => bottom));
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
  return tall > 0 ? tall : Math.max(1e-9, ...extents);
}

/**
 * The best readings of a line's pieces, best first, by beam search from left to right.
 *
 * @param segments what may be characters
 * @param pieces how many there are
 */
export function search(segments: readonly Segment[], pieces: number, options: Search): Reading[] {
  const beams: Reading[][] = Array.from({ length: pieces + 1 }, () => []);
  beams[0] = [{ text: '', score: 0 }];
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
  const pieces = segment.to - segment.from;
  // counted once a piece, or few characters of many pieces would always be likelier than many of few
  return scoresOf(segment, search, pieces)
    .map(({ text, score }) => ({ text, score: score - segment.cost }))
    .sort((a, b) => b.score - a.score)
    .slice(0, CLASSES);
}

/** How well each class of the alphabet suits a segment, as logarithms up to a constant. */
function scoresOf(segment: Segment, { classes, allowed, ruling }: Search, weight: number): Choice[] {
  const place = {
    top: (ruling.baseline - segment.top) / ruling.capitalHeight,
    bottom: (ruling.baseline - segment.bottom) / ruling.capitalHeight,
  };
  return classes
    .map((text, index) => {
      const probability = Math.max(LEAST_PROBABILITY, segment.probabilities[index] ?? 0);
      return { text, score: Math.log(probability) * weight + placementScore(text, place) };
    })
    .filter((_, index) => allowed[index]);
}

/** Whether the gap between a reading's last character and what a segment behind it is read as is a space. */
export function hasSpaceBefore(segment: Segment, reading: Reading, text: string, { space }: Search): boolean {
  if (!reading.last) return false;
  const room = SPACED.has(text) || SPACED.has(reading.text.slice(-1)) ? ROOM : 1;
  return segment.left - reading.last.segment.right > room * space;
}

/** The logarithm of how well a text follows what was read before it. */
function contextScore(segment: Segment, before: Reading, text: string, search: Search): number {
  const read = before.text + (hasSpaceBefore(segment, before, text, search) ? ' ' : '');
  return Math.log(contextFactor(read === '' ? search.context : read, text));
}

/** What a segment may be where it stands, behind a reading: most likely first, probabilities that sum to 1. */
export function candidatesAt(segment: Segment, before: Reading, search: Search): Candidate[] {
  return shared(
    scoresOf(segment, search, 1).map(({ text, score }) => ({
      text,
      score: score + contextScore(segment, before, text, search),
    })),
  );
}

function extended(reading: Reading, segment: Segment, choice: Choice, search: Search): Reading {
  const gap = reading.last ? (segment.left - reading.last.segment.right) / search.height : 0;
  const space = hasSpaceBefore(segment, reading, choice.text, search) ? ' ' : '';
  const prior = contextScore(segment, reading, choice.text, search);
  return {
    text: reading.text + space + choice.text,
    score: reading.score + choice.score + prior - OVERLAP * Math.max(0, -gap - SLIGHT_OVERLAP),
    last: { segment, before: reading },
  };
}

/** Probabilities by scores, most likely first. */
function shared(choices: readonly Choice[]): Candidate[] {
  const highest = choices.reduce((most, { score }) => Math.max(most, score), -Infinity);
  const weights = choices.map(({ text, score }) => ({ text, weight: Math.exp(score - highest) }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return weights
    .map(({ text, weight }) => ({ text, probability: weight / total }))
    .sort((a, b) => b.probability - a.probability);
}
