import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Ink, Reading, Span } from '../../src/protocol/ink';

const CHARACTERS = JSON.parse(
  readFileSync(path.resolve('test', 'fixtures', 'unipen-writer.json'), 'utf8'),
) as Record<string, [number, number][][]>;

/** Height of small letters of what is composed. */
export const X_HEIGHT = 30;
export const BASELINE = 100;
const GAP = 0.3;
const SPACE = 0.9;
/** What characters reach above the base line, in heights of small letters; others are as high as capitals. */
const TOPS: Record<string, number> = {
  ...Object.fromEntries(Array.from('acegmnopqrsuvwxyz', (letter) => [letter, 1])),
  ...{ i: 1.5, '=': 0.75, '-': 0.55, '+': 0.9, '#': 1.7, '*': 1.4, ';': 0.9, ':': 0.9, '.': 0.15, '>': 0.9 },
};
/** Above the base line where characters end, or below it. */
const BOTTOMS: Record<string, number> = {
  ...{ '=': 0.3, '-': 0.5, '+': 0.15, '*': 0.5, '>': 0.1 },
  ...{ g: -0.7, p: -0.7, ';': -0.3, '(': -0.25, ')': -0.25, '{': -0.25, '}': -0.25, '[': -0.25, ']': -0.25 },
};
/** Characters of which only the larger extent counts, and how large that is. */
const EXTENTS: Record<string, number> = { '-': 0.8, '.': 0.15 };

/** A text in the characters of a writer of UNIPEN's, with what each was read from. */
export function composed(text: string, left = 20): { ink: Ink; reading: Reading } {
  const ink: Ink = [];
  const alignment: Span[][] = [];
  let x = left;
  for (const character of text) {
    const strokes = character === ' ' ? [] : characterAt(character, x);
    alignment.push(
      strokes.map((stroke, at) => ({ stroke: ink.length + at, from: 0, to: stroke.length - 1 })),
    );
    ink.push(...strokes);
    x = character === ' ' ? x + SPACE * X_HEIGHT : rightOf(strokes) + GAP * X_HEIGHT;
  }
  return { ink, reading: { text, probability: 1, isPlain: true, alignment } };
}

/** One character whose left edge lies at x. */
export function characterAt(character: string, x: number): Ink {
  const strokes = CHARACTERS[character];
  if (!strokes) throw new Error(`The fixture has no ${character}.`);
  const points = strokes.flat();
  const [left, top] = [Math.min(...points.map(([px]) => px)), Math.min(...points.map(([, py]) => py))];
  const height = Math.max(...points.map(([, py]) => py)) - top;
  const above = (TOPS[character] ?? 1.8) * X_HEIGHT;
  const below = (BOTTOMS[character] ?? 0) * X_HEIGHT;
  const extent = EXTENTS[character];
  const own =
    extent === undefined
      ? (above - below) / Math.max(height, 1)
      : (extent * X_HEIGHT) / Math.max(height, ...points.map(([px]) => px - left));
  return strokes.map((stroke) =>
    stroke.map(([px, py]) => [x + (px - left) * own, BASELINE - above + (py - top) * own]),
  );
}

export function rightOf(ink: Ink): number {
  return Math.max(...ink.flat().map(([x]) => x));
}

/** Where the next word begins. */
export function nextWord(ink: Ink): number {
  return rightOf(ink) + (GAP + SPACE) * X_HEIGHT;
}

/** A way through these corners, in steps of about two pixels as a pen makes them. */
export function wayThrough(corners: readonly (readonly [number, number])[]): Ink[number] {
  return corners.flatMap(([x, y], at): Ink[number] => {
    const [fromX, fromY] = corners[at - 1] ?? [x, y];
    const steps = Math.max(1, Math.round(Math.hypot(x - fromX, y - fromY) / 2));
    return Array.from({ length: steps }, (_, step) => {
      const share = (step + 1) / steps;
      return [fromX + (x - fromX) * share, fromY + (y - fromY) * share];
    });
  });
}

/** A zigzag to and fro across a box, as one scratches out. */
export function zigzag(
  box: { left: number; right: number; top: number; bottom: number },
  passes = 6,
): Ink[number] {
  const { left, right, top, bottom } = box;
  return wayThrough(
    Array.from({ length: passes + 1 }, (_, pass) => [
      pass % 2 === 0 ? left - 3 : right + 3,
      top + (bottom - top) * (0.2 + (0.6 * pass) / passes),
    ]),
  );
}
