import { extentOf } from '../../src/ink/lines/extent';
import type { Guide } from '../../src/ink/lines/guide';
import type { Path } from '../../src/ink/lines/path';
import type { Random } from '../../src/base/random';
import { gaussian, oneOf, uniform } from './transform';
import type { Written } from './written';

/** A composed line, y down, capitals about 100 high. */
export interface Composed {
  readonly text: string;
  readonly paths: Path[];
  readonly guide: Guide;
}

/** A writer with fewer characters than this would have to borrow too many. */
const LEAST_CHARACTERS = 20;
/** Small marks keep their own size more than their place's. */
const MARKS = new Set('-_=~.,:\'`"');
const DASHES = new Set('-_=~');
/** Letters whose dot or bar people draw after the word. */
const LATE = new Set('ijtfx');
const SMALL = /[a-z]/;

/** Who writes, and how. */
export interface Hand {
  readonly own: ReadonlyMap<string, readonly Written[]> | undefined;
  readonly manner: Manner;
}

/** How a line is written. */
interface Manner {
  readonly gap: number;
  readonly unsteady: number;
  /** Top of small letters, over the base line. */
  readonly xHeight: number;
  readonly ascender: number;
  readonly descender: number;
  /** Characters keep the size that their writer gave them. */
  readonly natural: boolean;
  readonly joined: boolean;
  /** Dots and bars come after the word. */
  readonly late: boolean;
  /** How often strokes of a character are drawn in another order or direction. */
  readonly reordered: number;
}

/** Top and bottom of a character on the line, y down, the base line at 0. */
type Place = readonly [top: number, bottom: number];

/** A character's strokes in their place, main stroke first. */
interface Placed {
  readonly character: string;
  readonly strokes: Path[];
}

/** Sets characters of one writer side by side. */
export class Composer {
  private readonly writers = new Map<string, Map<string, Written[]>>();
  private readonly able: string[];
  private readonly anybody = new Map<string, Written[]>();

  constructor(characters: readonly Written[]) {
    for (const written of characters) {
      const own = this.writers.get(written.writer) ?? new Map<string, Written[]>();
      this.writers.set(written.writer, own);
      for (const list of [own, this.anybody])
        list.set(written.text, [...(list.get(written.text) ?? []), written]);
    }
    this.able = [...this.writers].filter(([, own]) => own.size >= LEAST_CHARACTERS).map(([name]) => name);
  }

  /** Characters that lines are composed of. */
  get size(): number {
    return [...this.anybody.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** One of the writers, in a manner of writing. */
  hand(random: Random): Hand {
    const own = this.writers.get(oneOf(random, this.able));
    return { own, manner: mannerOf(random) };
  }

  /** @returns undefined where nobody wrote one of the characters */
  line(text: string, random: Random, { own, manner } = this.hand(random)): Composed | undefined {
    const tall = own ? tallOf(own) : 100;
    const placed: (Placed | undefined)[] = [];
    let x = 0;
    for (const character of text) {
      if (character === ' ') {
        x += uniform(random, 25, 80);
        placed.push(undefined);
        continue;
      }
      const pool = own?.get(character) ?? this.anybody.get(character);
      if (!pool) return undefined;
      const { strokes, width } = place(oneOf(random, pool).paths(), character, x, tall, manner, random);
      placed.push({ character, strokes: reordered(strokes, manner.reordered, random) });
      x += Math.max(4, width + manner.gap + 8 * gaussian(random));
    }
    const guide = { baseline: 0, xHeight: manner.xHeight };
    return { text, paths: inOrder(placed, manner, random), guide };
  }
}

function mannerOf(random: Random): Manner {
  const joined = random.next() < 0.2;
  const xHeight = uniform(random, 48, 72);
  return {
    gap: joined ? uniform(random, -4, 12) : uniform(random, -6, 30),
    unsteady: 4 + uniform(random, 0, 5),
    xHeight,
    ascender: uniform(random, 88, 112),
    descender: uniform(random, 25, 48),
    natural: random.next() < 0.4,
    joined,
    late: random.next() < (joined ? 0.6 : 0.12),
    reordered: random.next() < 0.3 ? 0.25 : 0.02,
  };
}

/** Height of the characters of a writer that are as tall as capitals. */
function tallOf(own: ReadonlyMap<string, readonly Written[]>): number {
  const heights: number[] = [];
  for (const [character, written] of own) {
    if (!/[A-Zbdhkl0-9]/.test(character)) continue;
    const extent = boundsOf(written[0]?.paths() ?? []);
    heights.push(extent.bottom - extent.top);
  }
  return heights.sort((a, b) => a - b)[heights.length >> 1] ?? 100;
}

function placeOf(character: string, { xHeight, ascender, descender }: Manner): Place {
  if ('acemnorsuvwxz'.includes(character)) return [-xHeight, 0];
  if ('gpqy'.includes(character)) return [-xHeight, descender];
  if (character === 'j') return [-0.9 * ascender, descender];
  if (character === 'i') return [-0.9 * ascender, 0];
  if (character === 't') return [-0.88 * ascender, 0];
  if ('bdfhkl'.includes(character)) return [-ascender, 0];
  if ('\'"`'.includes(character)) return [-105, -68];
  if (character === '^') return [-105, -60];
  if (character === '*') return [-90, -25];
  if ('-~'.includes(character)) return [-45, -35];
  if ('+=<>'.includes(character)) return [-70, -12];
  if (character === '.') return [-8, 0];
  if (character === ',') return [-12, 20];
  if (character === ':') return [-xHeight + 5, 0];
  if (character === ';') return [-xHeight + 5, 20];
  if (character === '_') return [5, 12];
  if ('()[]{}|/\\$@&%'.includes(character)) return [-105, 10];
  return [-100, 0];
}

/** Brings a character to its size and place. */
function place(
  strokes: readonly Path[],
  character: string,
  x: number,
  tall: number,
  manner: Manner,
  random: Random,
): { strokes: Path[]; width: number } {
  const { left, right, top, bottom } = boundsOf(strokes);
  const [width, height] = [Math.max(right - left, 1), Math.max(bottom - top, 1)];
  const [placeTop, placeBottom] = placeOf(character, manner);
  const wanted = placeBottom - placeTop;
  const scale = Math.min(3, scaleOf(character, width, height, wanted, tall, manner, random));
  const isMark = MARKS.has(character) || '+<>*^'.includes(character);
  const middle = isMark
    ? (placeTop + placeBottom) / 2
    : placeBottom - (height * scale) / 2 + (manner.natural ? 0.15 * (height * scale - wanted) : 0);
  const center = middle + manner.unsteady * gaussian(random);
  const moved = strokes.map((path) => ({
    x: path.x.map((value) => (value - left) * scale + x),
    y: path.y.map((value) => (value - (top + bottom) / 2) * scale + center),
  }));
  return { strokes: moved, width: width * scale };
}

function scaleOf(
  character: string,
  width: number,
  height: number,
  wanted: number,
  tall: number,
  { natural }: Manner,
  random: Random,
): number {
  const vary = Math.exp(0.1 * gaussian(random));
  if (DASHES.has(character)) return uniform(random, 35, 75) / width;
  if (MARKS.has(character)) {
    if (natural) return Math.min((100 / tall) * vary, 60 / Math.max(width, height));
    return vary * Math.min(45 / Math.max(width, height), wanted / Math.max(height, 8));
  }
  const fitted = (wanted / height) * vary;
  if (!natural) return fitted;
  return Math.max(0.65 * fitted, Math.min(1.4 * fitted, (100 / tall) * vary));
}

/** Strokes of a character as somebody else would draw them. */
function reordered(strokes: readonly Path[], share: number, random: Random): Path[] {
  const turned = strokes.map((path) => (random.next() < 0.5 * share ? reversed(path) : path));
  return strokes.length > 1 && random.next() < share ? turned.reverse() : turned;
}

const reversed = ({ x, y }: Path): Path => ({ x: x.slice().reverse(), y: y.slice().reverse() });

/** All strokes in the order that the pen draws them in: joined where the manner is, dots and bars after their word. */
function inOrder(placed: readonly (Placed | undefined)[], { joined, late }: Manner, random: Random): Path[] {
  const paths: Path[] = [];
  let waiting: Path[] = [];
  let open = false;
  const endWord = () => {
    paths.push(...waiting);
    waiting = [];
    open = false;
  };
  for (const each of placed) {
    if (!each) {
      endWord();
      continue;
    }
    const { character, strokes } = each;
    const small = SMALL.test(character);
    if (!small) endWord();
    const [main, ...rest] = strokes;
    if (!main) continue;
    const before = paths.at(-1);
    if (joined && small && open && before && random.next() < 0.85)
      paths[paths.length - 1] = linked(before, main);
    else paths.push(main);
    const waits = late && LATE.has(character);
    if (waits) waiting.push(...rest);
    else paths.push(...rest);
    open = small && (waits || rest.length === 0);
  }
  endWord();
  return paths;
}

/** Two strokes as one: the pen stays down between them. */
function linked(first: Path, second: Path): Path {
  const join = (a: Float32Array, b: Float32Array) => Float32Array.from([...a, ...b]);
  return { x: join(first.x, second.x), y: join(first.y, second.y) };
}

function boundsOf(strokes: readonly Path[]): { left: number; right: number; top: number; bottom: number } {
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const path of strokes) {
    const { left, right, top, bottom } = extentOf(path);
    bounds.left = Math.min(bounds.left, left);
    bounds.right = Math.max(bounds.right, right);
    bounds.top = Math.min(bounds.top, top);
    bounds.bottom = Math.max(bounds.bottom, bottom);
  }
  return bounds;
}
