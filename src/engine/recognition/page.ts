import { setImmediate } from 'node:timers/promises';
import { pageText } from '../../base/pageText';
import { smallestOf } from '../../base/vectors';
import { boundsOf } from '../../pictures/box';
import { characterPicture } from '../../pictures/page/characterPicture';
import { cutInTwo, type Fragment } from '../../pictures/page/cutting';
import { type PageLine, segmentPage, type SegmentedPage } from '../../pictures/page/segment';
import { indentationOf } from '../../pictures/page/indentation';
import { inkIn } from '../../pictures/page/inkIn';
import type { PenMask } from '../../pictures/page/penMask';
import { PICTURE_SIZE } from '../../ink/rasterize';
import { membership } from '../../base/alphabet';
import type { LikelyText } from '../../language/likelyText';
import { PrefixTree } from '../../language/prefixTree';
import { ModelError } from '../../models/errors';
import type { Candidate } from '../../protocol/ink';
import type { LoadedModel } from '../models/loadedModel';
import { classesWith, type Prototype, prototypeScores, withPrototypes } from '../personal/prototypes';
import type { LanguageWeights } from '../../language/languageWeights';
import { candidatesOf } from './candidates';
import { DECODER_WEIGHTS } from './lines/decoderWeights';
import {
  type Box,
  candidatesAlone,
  candidatesAt,
  gapsOf,
  hasSpaceBefore,
  lineHeight,
  type Reading,
  type Ruling,
  rulings,
  search,
  type Search,
  spaceOf,
  type Segment,
} from './search';

/** Most pieces of one character. */
const MOST_PIECES = 5;
/** A character is no wider than this, in heights of the line. */
const WIDEST = 1.8;
/** Cost of a character's pieces standing apart, a height; further apart than this they are no character. */
const APART = 20;
const FURTHEST = 0.3;
/** Cost of a border between two characters that goes through ink. */
const CUT = 8;
/**
 * What language counts against pictures of characters. A line cut into more characters is less likely by each of their
 * pictures, which `length` makes up for.
 */
const WEIGHTS: LanguageWeights = { ...DECODER_WEIGHTS, language: 0.8, length: 4.5 };
/** Blanks of a level of indentation. */
const LEVEL = 4;
/** Pictures that the model is asked for at a time. */
const BATCH = 256;

/** A character that was found on a page. */
export interface PageCharacter {
  /** In pixels of the page. */
  readonly box: Box;
  /** Most likely first. */
  readonly candidates: Candidate[];
  /** The network's input, 28x28 gray values, 255 is ink. */
  readonly picture: Uint8Array;
  /** Whether a space stands before it. */
  readonly space: boolean;
}

/** A line of a page, read. */
export interface ReadLine {
  readonly ruling: Ruling;
  /** How far the line falls a pixel to the right. */
  readonly slope: number;
  /** Blanks before its first character. */
  readonly indent: number;
  /** From left to right. */
  readonly characters: readonly PageCharacter[];
}

export interface PageOptions {
  readonly alphabet: string;
  readonly top: number;
  /** Characters that the model does not know, of which the user drew samples. */
  readonly prototypes?: readonly Prototype[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a page of several characters: finds its lines, weighs the ways to cut each line into characters by the model,
 * by where each one stands on its line and by what stands before it.
 *
 * @returns lines from top to bottom
 * @throws DatasetError where the page shows no character, ModelError where the model knows none of the alphabet
 */
export async function recognizePage(
  model: LoadedModel,
  mask: PenMask,
  options: PageOptions & { readonly likely: LikelyText },
): Promise<ReadLine[]> {
  const classes = classesWith(model, options.prototypes ?? []);
  const allowed = allowedOf(classes, options.alphabet);
  await pause(options.signal);
  const segmented = segmentPage(mask);
  const tree = new PrefixTree(options.likely, WEIGHTS);
  const indents = indentationOf(segmented.lines.map(leftOf), segmented.height);
  const lines: ReadLine[] = [];
  let { before } = options.likely;
  for (const [index, line] of segmented.lines.entries()) {
    tree.begin({ ...options.likely, before }, WEIGHTS);
    const known = { ...options, tree, classes, allowed, indent: LEVEL * (indents[index] ?? 0) };
    const read = await readLine(model, segmented, line, known);
    lines.push(read);
    before += `${textOf([read])}\n`;
  }
  return lines;
}

/** The text of a page that was read, each character its likeliest one. */
export function textOf(lines: readonly Pick<ReadLine, 'indent' | 'characters'>[]): string {
  return pageText(lines, ({ candidates }) => candidates[0]?.text ?? '');
}

/**
 * Reads boxes of a page as one character each.
 *
 * @param line where they stand, if it is known
 * @param split cuts each box in two where its ink is thinnest
 * @returns boxes drawn tight; none where there is no ink
 */
export async function recognizeBoxes(
  model: LoadedModel,
  mask: PenMask,
  boxes: readonly Box[],
  options: PageOptions & { line?: (Ruling & { slope: number }) | undefined; split?: boolean | undefined },
): Promise<PageCharacter[]> {
  const { line, split, top } = options;
  const classes = classesWith(model, options.prototypes ?? []);
  const allowed = allowedOf(classes, options.alphabet);
  const characters = boxes
    .map((box) => inkIn(mask, box))
    .filter(({ pixels }) => pixels.length > 0)
    .flatMap((ink) => (split && cutInTwo(ink, mask.width)) || [ink]);
  const pictures = characters.map(({ pixels }) => characterPicture(mask, pixels));
  const probabilities = await weigh(model, pictures, options);
  return characters.map((ink, at) => {
    const own = probabilities[at] ?? new Float32Array();
    const segment = { ...levelled(ink, line?.slope ?? 0), from: 0, to: 1, cost: 0, probabilities: own };
    const candidates = line
      ? candidatesAlone(segment, { classes, allowed, ruling: line })
      : candidatesOf(own, classes, options.alphabet, top);
    const { left, top: upper, right, bottom } = ink;
    return {
      box: { left, top: upper, right, bottom },
      candidates: candidates.slice(0, top),
      picture: pictures[at] ?? new Uint8Array(),
      space: false,
    };
  });
}

function allowedOf(classes: readonly string[], alphabet: string): boolean[] {
  const allowed = membership(alphabet, classes);
  if (allowed.includes(true)) return allowed;
  throw new ModelError(`The model knows none of the characters "${alphabet}": choose another alphabet.`);
}

/** Lets what is waiting come first, such as a cancellation or ink on the pad. */
async function pause(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

interface LineOptions extends PageOptions {
  readonly tree: PrefixTree;
  readonly indent: number;
  readonly classes: readonly string[];
  readonly allowed: readonly boolean[];
}

async function readLine(
  model: LoadedModel,
  { mask }: SegmentedPage,
  { fragments, slope }: PageLine,
  options: LineOptions,
): Promise<ReadLine> {
  const { classes, allowed, tree, indent, top } = options;
  // where things stand on the line, its slope taken out
  const pieces = fragments.map((fragment) => levelled(fragment, slope));
  const height = lineHeight(pieces.filter((_, at) => !fragments[at]?.joined));
  const space = spaceOf(pieces, height);
  const runs = runsOf(fragments, pieces, height);
  const pictures = runs.map(({ from, to }) => characterPicture(mask, pixelsOf(fragments.slice(from, to))));
  // where pieces are weighed against each other: turned ones that are no character look like some other
  const probabilities = await weigh(model.once ?? model, pictures, options);
  const segments = runs.map((run, index) => ({
    ...run,
    probabilities: probabilities[index] ?? new Float32Array(),
  }));
  const searches = rulings(pieces, height).map((ruling) => ({
    classes,
    allowed,
    tree,
    ruling,
    height,
    space,
  }));
  const { reading, how } = bestReading(segments, fragments.length, searches);
  const characters = charactersOf(reading).map(({ segment, before, rest }) => {
    const candidates = candidatesAt(segment, { before, rest }, how).slice(0, top);
    return {
      box: boundsOf(pixelsOf(fragments.slice(segment.from, segment.to)), mask.width),
      candidates,
      picture: pictures[segments.indexOf(segment)] ?? new Uint8Array(),
      space: hasSpaceBefore(segment, before, candidates[0]?.text ?? '', how),
    };
  });
  return { ruling: how.ruling, slope, indent, characters };
}

const leftOf = ({ fragments }: PageLine): number => smallestOf(fragments.map(({ left }) => left));

function levelled({ left, top, right, bottom }: Box, slope: number): Box {
  const fall = (slope * (left + right)) / 2;
  return { left, right, top: top - fall, bottom: bottom - fall };
}

const pixelsOf = (fragments: readonly Fragment[]) => fragments.flatMap(({ pixels }) => pixels);

/** Every run of pieces that may be one character. */
function runsOf(
  fragments: readonly Fragment[],
  pieces: readonly Box[],
  height: number,
): Omit<Segment, 'probabilities'>[] {
  return pieces.flatMap((_, from) => {
    const runs: Omit<Segment, 'probabilities'>[] = [];
    const cut = fragments[from]?.joined ? CUT : 0;
    for (let to = from + 1; to <= Math.min(pieces.length, from + MOST_PIECES); to++) {
      const some = pieces.slice(from, to);
      const box = around(some);
      const gaps = gapsOf(some) / height;
      if (to > from + 1 && (box.right - box.left > WIDEST * height || gaps > FURTHEST)) break;
      runs.push({ ...box, from, to, cost: cut + APART * gaps });
    }
    return runs;
  });
}

function around(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/** Asks the model for pictures, some at a time. */
async function weigh(
  model: LoadedModel,
  pictures: readonly Uint8Array[],
  { prototypes = [], signal }: Pick<PageOptions, 'prototypes' | 'signal'>,
): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  const size = { height: PICTURE_SIZE, width: PICTURE_SIZE };
  for (let from = 0; from < pictures.length; from += BATCH) {
    await pause(signal);
    const some = pictures.slice(from, from + BATCH);
    const pixels = new Uint8Array(some.length * PICTURE_SIZE ** 2);
    some.forEach((picture, index) => pixels.set(picture, index * PICTURE_SIZE ** 2));
    const probabilities = await model.probabilities({ pixels, count: some.length, ...size });
    const count = model.card.classes.length;
    const scores = await prototypeScores(model, pixels, size, some.length, prototypes);
    some.forEach((_, index) => {
      const known = probabilities.subarray(index * count, (index + 1) * count);
      rows.push(Float32Array.from(withPrototypes(known, scores[index] ?? [])));
    });
  }
  return rows;
}

function bestReading(
  segments: readonly Segment[],
  pieces: number,
  searches: readonly Search[],
): { reading: Reading; how: Search } {
  const readings = searches.flatMap((how) =>
    search(segments, pieces, how)
      .slice(0, 1)
      .map((reading) => ({ reading, how })),
  );
  const [best] = readings.sort((a, b) => b.reading.score - a.reading.score);
  if (!best) throw new ModelError('The line could not be read: try another alphabet.');
  return best;
}

/** The characters of a reading, from left to right, each with the text behind it. */
function charactersOf(reading: Reading) {
  const characters: (NonNullable<Reading['last']> & { rest: string })[] = [];
  for (let at: Reading | undefined = reading; at.last; at = at.last.before)
    characters.push({ ...at.last, rest: reading.text.slice(at.text.length) });
  return characters.reverse();
}
