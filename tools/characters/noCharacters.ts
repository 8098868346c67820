import type { Random } from '../../src/base/random';
import type { Ink, Stroke } from '../../src/ink/ink';
import { boundsOf } from '../../src/ink/rasterize';
import type { PooledInk } from './pooledInk';

/** What looks like a character's ink and is none. */
export const KINDS = ['word', 'scribble', 'half'] as const;
export type Kind = (typeof KINDS)[number];

/** Letters that a word has at least: shorter ones may be read as one character. */
const LEAST_LETTERS = 3;
/** Points of a scribble: from and to. */
const SCRIBBLE = [12, 60] as const;

/** Draws ink that is no character: whole words, scribbles, halves of characters. */
export class NoCharacters {
  private readonly words: readonly PooledInk[];

  /**
   * @param words written words, each with its text
   * @param characters to be cut in halves
   */
  constructor(
    words: readonly { readonly text: string; readonly ink: Ink }[],
    private readonly characters: readonly PooledInk[],
  ) {
    this.words = words
      .filter(({ text }) => text.length >= LEAST_LETTERS)
      .map(({ ink }) => ({ ink, penWidth: undefined, classes: [] }));
  }

  /** Words and characters that it draws from. */
  get size(): number {
    return this.words.length + this.characters.length;
  }

  draw(kind: Kind, random: Random): PooledInk {
    if (kind === 'word') return oneOf(this.words, random);
    if (kind === 'scribble') return { ink: scribble(random), penWidth: undefined, classes: [] };
    const { ink, penWidth } = oneOf(this.characters, random);
    return { ink: half(ink, random), penWidth, classes: [] };
  }
}

const oneOf = <T>(values: readonly T[], random: Random): T => values[random.integer(values.length)] as T;

/** A pen that wanders: a random walk whose direction turns by chance, to and fro over itself. */
export function scribble(random: Random): Ink {
  const [least, most] = SCRIBBLE;
  const strokes = 1 + random.integer(3);
  return Array.from({ length: strokes }, () => {
    const points = Math.round((least + (most - least) * random.next()) / strokes) + 4;
    const restless = 0.5 + 2 * random.next();
    let [x, y, direction] = [40 * random.next(), 40 * random.next(), 2 * Math.PI * random.next()];
    return Array.from({ length: points }, () => {
      direction += restless * (random.next() + random.next() - 1) * 2;
      const step = 4 + 10 * random.next();
      // back to the middle, or it would wander off
      x += step * Math.cos(direction) - 0.08 * (x - 20);
      y += step * Math.sin(direction) - 0.08 * (y - 20);
      return [x, y] as const;
    });
  });
}

/** What a cut through the middle leaves on one of its sides. */
function half(ink: Ink, random: Random): Ink {
  const { left, top, right, bottom } = boundsOf(ink);
  const isAcross = random.next() < 0.5;
  const axis = isAcross ? 0 : 1;
  const middle = isAcross ? (left + right) / 2 : (top + bottom) / 2;
  const isFirst = random.next() < 0.5;
  const strokes = ink.flatMap((stroke) => pieces(stroke, (point) => point[axis] < middle === isFirst));
  return strokes.length > 0 ? strokes : ink;
}

/** The runs of points that are kept. */
function pieces(stroke: Stroke, isKept: (point: Stroke[number]) => boolean): Stroke[] {
  const found: Stroke[number][][] = [];
  let run: Stroke[number][] | undefined;
  for (const point of stroke) {
    if (!isKept(point)) run = undefined;
    else if (run) run.push(point);
    else found.push((run = [point]));
  }
  return found;
}
