import { boundsOf, type Box } from '../box';
import type { Component } from '../components';

/** What is not cut any further: a character's part, or a piece of what hangs together. */
export interface Fragment extends Box {
  /** Indices of its pixels on the page. */
  readonly pixels: readonly number[];
  /** Whether it hangs together with the fragment before it. */
  readonly joined: boolean;
}

/** Parts wider than this, in heights, may be several characters. */
const WIDE = 0.95;
/** A cut goes through no more ink than this, in widths of the pen. */
const THICKEST = 2.2;
/** Cuts stand as far apart, and from the ends, in heights. */
const APART = 0.28;
/** Most pieces of one part. */
const MOST_PIECES = 12;

/**
 * Cuts a part that is too wide for one character where its ink is thinnest from top to bottom, oftener than needed: the
 * reader puts together again what belongs together.
 *
 * @param width of the page, in pixels
 */
export function cutPart(
  part: Component,
  { width, penWidth, height }: { width: number; penWidth: number; height: number },
): Fragment[] {
  if (part.right - part.left <= WIDE * height) return [{ ...part, joined: false }];
  const cuts = cutsOf(columnsOf(part, width), THICKEST * penWidth, APART * height);
  return pieces(part, cuts, width);
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
  const least = Math.min(...columns);
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
