import type { Random } from '../../src/base/random';
import { extentOf } from '../../src/ink/lines/extent';
import { lineFeatures } from '../../src/ink/lines/features';
import type { Guide } from '../../src/ink/lines/guide';
import { lineHeight } from '../../src/ink/lines/lineHeight';
import { HANDS, varyLine } from '../../src/ink/lines/vary';
import type { Path } from '../../src/ink/lines/path';
import { fits } from '../../src/engine/training/lines/lineLearner';
import { classesOf } from './alphabet';
import type { Composer } from './compose';
import type { Texts } from './texts';
import { gaussian, oneOf, pixels, staircase, tremble, uniform } from './transform';
import type { Written } from './written';

/** A line of more points than this is left to reading; learning has no need of it. */
export const MOST_POINTS = 1400;

/** A sample as the network learns from it. */
export interface Drawn {
  readonly features: Float32Array;
  readonly points: number;
  readonly label: number[];
  /** Of the piece of real handwriting that it is, where it is one. */
  readonly id?: string | undefined;
}

/** What is drawn from. */
export interface Pools {
  readonly words: readonly Written[];
  readonly lines: readonly Written[];
  /** Lines with two or more symbols of code. */
  readonly symbolLines: readonly Written[];
  readonly expressions: readonly Written[];
  readonly composer: Composer;
  readonly texts: Texts;
}

interface Piece {
  readonly text: string;
  readonly paths: Path[];
  readonly guide?: Guide | undefined;
  readonly id?: string | undefined;
}

/** Share of each kind in what is drawn: real handwriting is most of it. */
const SHARES: readonly [kind: keyof typeof KINDS, share: number][] = [
  ['word', 0.3],
  ['words', 0.07],
  ['line', 0.17],
  ['symbolLine', 0.05],
  ['expression', 0.06],
  ['character', 0.06],
  ['code', 0.29],
];

const KINDS = {
  word: ({ words }: Pools, random: Random) => written(oneOf(random, words)),
  words: ({ words }: Pools, random: Random) => rowOf(words, random),
  line: ({ lines }: Pools, random: Random) => written(oneOf(random, lines)),
  symbolLine: ({ symbolLines }: Pools, random: Random) => written(oneOf(random, symbolLines)),
  expression: ({ expressions }: Pools, random: Random) => written(oneOf(random, expressions)),
  character: ({ composer }: Pools, random: Random) =>
    composer.line(String.fromCharCode(33 + random.integer(94)), random),
  code: ({ composer, texts }: Pools, random: Random) => composer.line(texts.draw(random), random),
};

/** Draws a sample: real handwriting or a composed line, varied as hands vary. */
export function draw(pools: Pools, random: Random): Drawn {
  for (;;) {
    let left = random.next();
    const [kind] = SHARES.find(([, share]) => (left -= share) < 0) ?? ['word'];
    const piece = KINDS[kind](pools, random);
    const sample = piece && sampleOf(piece, random, kind === 'character' ? 0.5 : 0.33);
    if (sample) return sample;
  }
}

function written(sample: Written): Piece {
  return { id: sample.id, text: sample.text, paths: sample.paths() };
}

/** Words of one writer in a row. The file holds a writer's words behind each other. */
function rowOf(words: readonly Written[], random: Random): Piece | undefined {
  const first = random.integer(words.length);
  const writer = words[first]?.writer;
  const chosen = Array.from({ length: 2 + random.integer(3) }, () => words[first + random.integer(12)]);
  let x = 0;
  const paths: Path[] = [];
  const texts: string[] = [];
  for (const word of chosen) {
    if (word?.writer !== writer || !word) continue;
    const own = word.paths();
    const extents = own.map(extentOf);
    const left = Math.min(...extents.map((extent) => extent.left));
    paths.push(...own.map((path) => ({ x: path.x.map((value) => value - left + x), y: path.y })));
    x += Math.max(...extents.map((extent) => extent.right)) - left + uniform(random, 30, 120);
    texts.push(word.text);
  }
  return texts.length > 1 ? { text: texts.join(' '), paths } : undefined;
}

/** @param guided how often a piece with known guide lines has them */
function sampleOf(piece: Piece, random: Random, guided: number): Drawn | undefined {
  const label = classesOf(piece.text);
  if (!label || label.length === 0) return undefined;
  const given = piece.guide && random.next() < guided ? offGuide(piece.guide, random) : undefined;
  const height = lineHeight(piece.paths, piece.guide);
  const { paths, guide } = varyLine(piece.paths, HANDS, height, random.next, given);
  const { values, points } = lineFeatures(digitized(paths, height, random), {
    guide,
    order: random.next() < 0.12 ? 'drawn' : 'reading',
    heightFactor: Math.exp(0.13 * gaussian(random)),
  });
  if (points > MOST_POINTS || !fits(points, label)) return undefined;
  return { features: values, points, label, id: piece.id };
}

/** Nobody writes exactly on the lines. */
function offGuide({ baseline, xHeight }: Guide, random: Random): Guide {
  return {
    baseline: baseline + 0.12 * xHeight * gaussian(random),
    xHeight: xHeight * Math.exp(0.15 * gaussian(random)),
  };
}

/** What mice, tablets and trembling hands make of a line. */
function digitized(paths: Path[], height: number, random: Random): Path[] {
  const kind = random.next();
  if (kind < 0.05) return staircase(paths, height * uniform(random, 0.03, 0.08));
  if (kind < 0.15) return pixels(paths, height * uniform(random, 0.015, 0.05));
  if (kind < 0.4) return tremble(paths, random, height * uniform(random, 0.005, 0.025));
  return paths;
}
