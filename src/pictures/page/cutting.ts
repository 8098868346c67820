import { smallestOf } from '../../base/vectors';
import { boundsOf, type Box } from '../box';
import type { Component } from '../components';
import { bitmapOf } from './drawnInk';
import { lengthOf, type TracePoint, tracesOf } from './traces';

/** What is not cut any further: a character's part, or a piece of what hangs together. */
export interface Fragment extends Box {
  /** Indices of its pixels on the page. */
  readonly pixels: readonly number[];
  /** Whether it hangs together with the fragment before it. */
  readonly joined: boolean;
}

/** Parts wider than this, in heights, may be several characters. */
const WIDE = 0.95;
/** Of a pen wider than this, in heights, strokes cannot be told from blots. */
const FAT = 0.22;
/** Strokes that are no longer than this, in heights, stay with the one that they touch. */
const SHORT = 0.2;
/** More ink than this, in squares of a height, is no writing that hangs together but a picture, whose strokes take long to find. */
const MOST_INK = 40;
/** A cut goes through no more ink than this, in widths of the pen. */
const THICKEST = 2.2;
/** Cuts stand as far apart, and from the ends, in heights. */
const APART = 0.28;
/** Most pieces of one part, and strokes. */
const MOST_PIECES = 12;
const MOST_STROKES = 60;

/**
 * Cuts a part that is too wide for one character into the strokes that it may have been drawn with, and these where their
 * ink is thinnest from top to bottom, oftener than needed: the reader puts together again what belongs together.
 *
 * @param width of the page, in pixels
 */
export function cutPart(
  part: Component,
  { width, penWidth, height }: { width: number; penWidth: number; height: number },
): Fragment[] {
  if (part.right - part.left <= WIDE * height) return [{ ...part, joined: false }];
  const isBlot = penWidth > FAT * height || part.pixels.length > MOST_INK * height ** 2;
  const strokes = isBlot ? [part] : strokesOf(part, width, { penWidth, short: SHORT * height });
  return strokes
    .flatMap((stroke) => {
      if (stroke.right - stroke.left <= WIDE * height) return [stroke];
      return pieces(stroke, cutsOf(columnsOf(stroke, width), THICKEST * penWidth, APART * height), width);
    })
    .sort((a, b) => a.left + a.right - b.left - b.right)
    .map((piece, at) => ({ ...piece, joined: at > 0 }));
}

/** Ink taken apart into its strokes: each pixel to the one whose middle is nearest. */
function strokesOf(
  part: Component,
  width: number,
  { penWidth, short }: { penWidth: number; short: number },
): Component[] {
  const bitmap = bitmapOf(part, width);
  const { left, top, width: across, ink } = bitmap;
  const placeOf = (at: number) => {
    const column = at % width;
    return ((at - column) / width - top) * across + column - left;
  };
  const traces = tracesOf(bitmap, penWidth);
  const long = traces.filter((trace) => lengthOf(trace) > short);
  if (long.length < 2 || long.length > MOST_STROKES) return [part];
  const owners = nearestOf(ink, across, long);
  const strokes: number[][] = long.map(() => []);
  for (const at of part.pixels) strokes[owners[placeOf(at)] ?? 0]?.push(at);
  return strokes.filter(({ length }) => length > 0).map((pixels) => ({ ...boundsOf(pixels, width), pixels }));
}

/** For each pixel of ink the trace that is the fewest steps through ink away. */
function nearestOf(ink: Uint8Array, width: number, traces: readonly (readonly TracePoint[])[]): Int16Array {
  const owners = new Int16Array(ink.length).fill(-1);
  const reached: number[] = [];
  const reach = (at: number, owner: number) => {
    if (!ink[at] || (owners[at] ?? 0) >= 0) return;
    owners[at] = owner;
    reached.push(at);
  };
  traces.forEach((trace, owner) => {
    for (const [x, y] of trace) reach(Math.floor(y) * width + Math.floor(x), owner);
  });
  // ink hangs together by corners, too
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  // the array grows while it is walked
  for (const at of reached) for (const step of around) reach(at + step, owners[at] ?? 0);
  return owners;
}

/** The two pieces that a cut through the thinnest place near the middle makes of pixels; undefined where it makes one. */
export function cutInTwo(part: Component, width: number): [Fragment, Fragment] | undefined {
  const columns = columnsOf(part, width);
  const from = Math.floor(columns.length / 4);
  const middle = columns.subarray(from, Math.ceil((3 * columns.length) / 4));
  const cut = from + thinnest(middle);
  const [left, right] = pieces(part, [cut], width);
  return left && right && [left, right];
}

/** How many pixels of ink each column has. */
function columnsOf({ left, right, pixels }: Component, width: number): Uint32Array {
  const columns = new Uint32Array(right - left);
  for (const at of pixels) {
    const column = (at % width) - left;
    columns[column] = (columns[column] ?? 0) + 1;
  }
  return columns;
}

/** The column of least ink, the middle of several of them. */
function thinnest(columns: Uint32Array): number {
  const least = smallestOf(columns);
  const places = [...columns.keys()].filter((column) => columns[column] === least);
  return places[places.length >> 1] ?? 0;
}

/** Columns where the ink is thin, thinnest first, no two near each other. */
function cutsOf(columns: Uint32Array, thickest: number, apart: number): number[] {
  const thin = [...columns.keys()]
    .filter((column) => (columns[column] ?? 0) <= thickest)
    .filter((column) => column >= apart && column <= columns.length - apart)
    .sort((a, b) => (columns[a] ?? 0) - (columns[b] ?? 0));
  const cuts: number[] = [];
  for (const column of thin) {
    if (cuts.length < MOST_PIECES && cuts.every((cut) => Math.abs(cut - column) >= apart)) cuts.push(column);
  }
  return cuts.sort((a, b) => a - b);
}

function pieces({ left, pixels }: Component, cuts: readonly number[], width: number): Fragment[] {
  const parts: number[][] = Array.from({ length: cuts.length + 1 }, () => []);
  for (const at of pixels) {
    const column = (at % width) - left;
    const piece = cuts.findLastIndex((cut) => column >= cut) + 1;
    parts[piece]?.push(at);
  }
  return parts
    .filter((part) => part.length > 0)
    .map((part, index) => ({ ...boundsOf(part, width), pixels: part, joined: index > 0 }));
}
