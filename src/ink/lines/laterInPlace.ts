import { largestOf, smallestOf } from '../../base/vectors';
import type { Ink } from '../ink';
import { extentOf, type Extent } from './extent';
import { pathsOf } from './path';

/** Milliseconds from a stroke to the next in which the pen rests. */
const REST = 500;
/** Strokes may lie over or under what is there by this share of their width. */
const OVERLAP = 0.2;
/** What is lower than this share of the highest stroke is a mark on a letter: {@link readingOrder} knows its place. */
const MARK = 0.35;

/**
 * The order in which strokes of a row are read: drawn in this order, but for those that were drawn after a rest into white
 * between others, such as a character that was left out or written anew. Ink that tells no times stays as it was drawn.
 *
 * @param strokes of the row, in the order that they were drawn in
 */
export function laterInPlace(ink: Ink, strokes: readonly number[]): number[] {
  const paths = pathsOf(strokes.map((stroke) => ink[stroke] ?? []));
  const extents = new Map(strokes.map((stroke, at) => [stroke, extentOf(paths[at] ?? { x: NONE, y: NONE })]));
  const of = (some: readonly number[]) => some.flatMap((stroke) => extents.get(stroke) ?? []);
  const highest = largestOf(of(strokes).map(heightOf));
  let order: number[] = [];
  for (const group of drawnAtOnce(ink, strokes)) {
    const isMark = largestOf(of(group).map(heightOf)) < MARK * highest;
    const at = isMark ? order.length : placeAmong(of(order), of(group));
    order = [...order.slice(0, at), ...group, ...order.slice(at)];
  }
  return order;
}

const NONE = new Float32Array(0);

const heightOf = ({ top, bottom }: Extent): number => bottom - top;

/** Strokes between one rest of the pen and the next. */
function drawnAtOnce(ink: Ink, strokes: readonly number[]): number[][] {
  const groups: number[][] = [];
  let lifted: number | undefined;
  for (const stroke of strokes) {
    const down = ink[stroke]?.[0]?.[2];
    const rested = down !== undefined && lifted !== undefined && down - lifted >= REST;
    if (groups.length === 0 || rested) groups.push([stroke]);
    else groups.at(-1)?.push(stroke);
    lifted = ink[stroke]?.at(-1)?.[2];
  }
  return groups;
}

/** Before which of the strokes that are there others belong; behind all where they lie in no white between them. */
function placeAmong(there: readonly Extent[], others: readonly Extent[]): number {
  const left = smallestOf(others.map((each) => each.left));
  const right = largestOf(others.map((each) => each.right));
  const slack = OVERLAP * (right - left);
  const isWhite = there.every((each) => each.right <= left + slack || each.left >= right - slack);
  const next = there.findIndex((each) => each.left >= right - slack);
  return isWhite && next >= 0 ? next : there.length;
}
