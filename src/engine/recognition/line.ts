import type { Ink, Stroke } from '../../ink/ink';
import { boundsOf, rasterize } from '../../ink/rasterize';
import { membership } from '../../models/alphabet';
import { ModelError } from '../../models/errors';
import type { Candidate } from '../../protocol/engine';
import type { LoadedModel } from '../models/loadedModel';
import { contextFactor } from './context';
import { placementScore } from './layout';

/** Most strokes of one character. */
const MOST_STROKES = 4;
/** A character is no wider than this, in heights of the line. */
const WIDEST = 1.8;
/** A gap of this many heights between two characters is a space. */
const SPACE = 0.55;
/** Cost of a character's strokes standing apart, and of two characters standing one over the other, a height. */
const APART = 20;
const OVERLAP = 9;
/** Width of the pen that EMNIST's forms were written with, in heights of a capital. */
const PEN = 0.1;
/** Readings that are kept while a line is read from left to right, and classes of each character that are tried. */
const BEAM = 24;
const CLASSES = 6;
const LEAST_PROBABILITY = 1e-6;
/** Where all letters are small, the line's height is an x-height, this share of a capital's. */
const X_HEIGHT = 0.6;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Consecutive strokes that may be one character. */
interface Segment extends Box {
  /** Index of its first stroke, and of the one behind its last. */
  readonly from: number;
  readonly to: number;
  /** How far its strokes stand apart, in heights of the line. */
  readonly gaps: number;
  readonly probabilities: Float32Array;
}

interface Reading {
  readonly text: string;
  /** Logarithm of how likely it is, up to a constant. */
  readonly score: number;
  readonly last: Segment | undefined;
}

/** A line's geometry, in the ink's unit. */
interface Ruling {
  readonly baseline: number;
  readonly capitalHeight: number;
}

/**
 * Reads a line of characters that are written beside each other, with spaces: every way to cut the strokes, in their
 * order from left to right, into characters is weighed by the model, by where each one stands on the line, and by what
 * stands before it.
 *
 * @param context the text before the line
 * @returns texts, most likely first, with probabilities that sum to 1
 * @throws InkError where the ink is empty or not finite, ModelError where the model knows none of the alphabet
 */
export async function recognizeLine(
  model: LoadedModel,
  ink: Ink,
  { alphabet, top, context = '' }: { alphabet: string; top: number; context?: string | undefined },
): Promise<Candidate[]> {
  const { classes } = model.card;
  const allowed = membership(alphabet, classes);
  if (!allowed.includes(true)) {
    throw new ModelError(`The model knows none of the characters "${alphabet}": choose another alphabet.`);
  }
  boundsOf(ink);
  const strokes = ink.filter((stroke) => stroke.length > 0).sort((a, b) => middleOf(a) - middleOf(b));
  const height = lineHeight(strokes);
  const segments = await weigh(model, strokes, cut(strokes, height), height);
  const readings = rulings(segments, strokes, height).flatMap((ruling) =>
    search(segments, strokes.length, { classes, allowed, context, ruling, height }),
  );
  return normalized(readings).slice(0, top);
}

function boxOf(strokes: readonly Stroke[]): Box {
  return boundsOf(strokes);
}

function middleOf(stroke: Stroke): number {
  const { left, right } = boxOf([stroke]);
  return (left + right) / 2;
}

/** The height of the taller strokes: dots and dashes do not make a line lower. */
function lineHeight(strokes: readonly Stroke[]): number {
  const extents = strokes.map((stroke) => {
    const { top, bottom, left, right } = boxOf([stroke]);
    return { height: bottom - top, extent: Math.max(bottom - top, right - left) };
  });
  const heights = extents.map(({ height }) => height).sort((a, b) => a - b);
  const tall = heights[Math.floor(heights.length * 0.75)] ?? 0;
  return tall > 0 ? tall : Math.max(1e-9, ...extents.map(({ extent }) => extent));
}

/** Every run of strokes that may be one character. */
function cut(strokes: readonly Stroke[], height: number): Omit<Segment, 'probabilities'>[] {
  return strokes.flatMap((_, from) => {
    const segments: Omit<Segment, 'probabilities'>[] = [];
    for (let to = from + 1; to <= Math.min(strokes.length, from + MOST_STROKES); to++) {
      const box = boxOf(strokes.slice(from, to));
      if (to > from + 1 && box.right - box.left > WIDEST * height) break;
      segments.push({ ...box, from, to, gaps: gapsOf(strokes.slice(from, to)) / height });
    }
    return segments;
  });
}

/** The sum of the gaps that strokes leave between each other, from left to right. */
function gapsOf(strokes: readonly Stroke[]): number {
  let right = Infinity;
  let gaps = 0;
  for (const box of strokes.map((stroke) => boxOf([stroke])).sort((a, b) => a.left - b.left)) {
    gaps += Math.max(0, box.left - right);
    right = right === Infinity ? box.right : Math.max(right, box.right);
  }
  return gaps;
}

/** Asks the model for all segments at once. */
async function weigh(
  model: LoadedModel,
  strokes: readonly Stroke[],
  segments: readonly Omit<Segment, 'probabilities'>[],
  height: number,
): Promise<Segment[]> {
  const side = model.card.preprocessing.height;
  const pixels = new Uint8Array(segments.length * side * side);
  segments.forEach(({ from, to }, index) => {
    const picture = rasterize(strokes.slice(from, to), { penWidth: PEN * height, side });
    pixels.set(picture, index * side * side);
  });
  const size = { height: side, width: side };
  const probabilities = await model.probabilities({ pixels, count: segments.length, ...size });
  const count = model.card.classes.length;
  return segments.map((segment, index) => ({
    ...segment,
    probabilities: probabilities.subarray(index * count, (index + 1) * count),
  }));
}

/** The two ways to rule the line: its tall strokes are capitals, or all its letters are small. */
function rulings(segments: readonly Segment[], strokes: readonly Stroke[], height: number): Ruling[] {
  const bottoms = strokes
    .map((stroke) => boxOf([stroke]))
    .filter(({ top, bottom }) => bottom - top > height / 2)
    .map(({ bottom }) => bottom)
    .sort((a, b) => a - b);
  const baseline = bottoms[bottoms.length >> 1] ?? Math.max(...segments.map(({ bottom }) => bottom));
  return [
    { baseline, capitalHeight: height },
    { baseline, capitalHeight: height / X_HEIGHT },
  ];
}

interface Search {
  readonly classes: readonly string[];
  readonly allowed: readonly boolean[];
  readonly context: string;
  readonly ruling: Ruling;
  readonly height: number;
}

/** The best readings of all strokes, by beam search from left to right. */
function search(segments: readonly Segment[], strokes: number, options: Search): Reading[] {
  const beams: Reading[][] = Array.from({ length: strokes + 1 }, () => []);
  beams[0] = [{ text: '', score: 0, last: undefined }];
  for (let at = 0; at < strokes; at++) {
    const beam = (beams[at] ?? []).sort((a, b) => b.score - a.score).slice(0, BEAM);
    for (const segment of segments.filter(({ from }) => from === at)) {
      const choices = choicesOf(segment, options);
      for (const reading of beam) {
        for (const choice of choices) beams[segment.to]?.push(extended(reading, segment, choice, options));
      }
    }
  }
  return (beams[strokes] ?? []).sort((a, b) => b.score - a.score).slice(0, BEAM);
}

interface Choice {
  readonly text: string;
  readonly score: number;
}

/** The likeliest classes of a segment, with where it stands taken into account. */
function choicesOf(segment: Segment, { classes, allowed, ruling }: Search): Choice[] {
  const place = {
    top: (ruling.baseline - segment.top) / ruling.capitalHeight,
    bottom: (ruling.baseline - segment.bottom) / ruling.capitalHeight,
  };
  return classes
    .map((text, index) => {
      const probability = Math.max(LEAST_PROBABILITY, segment.probabilities[index] ?? 0);
      // counted once a stroke, or few characters of many strokes would always be likelier than many of few
      const score = Math.log(probability) * (segment.to - segment.from) + placementScore(text, place);
      return { text, score: score - APART * segment.gaps, allowed: allowed[index] };
    })
    .filter((choice) => choice.allowed)
    .sort((a, b) => b.score - a.score)
    .slice(0, CLASSES);
}

function extended(reading: Reading, segment: Segment, choice: Choice, { context, height }: Search): Reading {
  const gap = reading.last ? (segment.left - reading.last.right) / height : 0;
  const before = reading.text + (gap > SPACE ? ' ' : '');
  const prior = Math.log(contextFactor(before === '' ? context : before, choice.text));
  return {
    text: before + choice.text,
    score: reading.score + choice.score + prior - OVERLAP * Math.max(0, -gap - 0.15),
    last: segment,
  };
}

/** Texts once each, their probabilities by their scores. */
function normalized(readings: readonly Reading[]): Candidate[] {
  const best = new Map<string, number>();
  for (const { text, score } of readings) best.set(text, Math.max(score, best.get(text) ?? -Infinity));
  const highest = Math.max(...best.values());
  const weights = [...best].map(([text, score]) => ({ text, probability: Math.exp(score - highest) }));
  const total = weights.reduce((sum, { probability }) => sum + probability, 0);
  return weights
    .map(({ text, probability }) => ({ text, probability: probability / total }))
    .sort((a, b) => b.probability - a.probability);
}
