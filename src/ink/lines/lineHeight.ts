import { extentOf, type Extent } from './extent';
import type { Guide } from './guide';
import type { Path } from './path';

/** A line is as high as this share of its strokes are at most: neither dots nor the longest descender decide. */
const PERCENTILE = 0.7;
/** Strokes lower than this share of the highest one are marks, which say nothing of the line's height. */
const MARK = 0.1;
/** A line of nothing but dashes counts as this share of the widest one high. */
const DASH = 0.5;

/**
 * The height of a line, in the unit of its strokes: the 70th percentile of the strokes' heights.
 *
 * @param strokes each with one point at least
 * @param guide keeps a single dot or dash, which has no height of its own, as small as it was written
 * @returns more than 0
 */
export function lineHeight(strokes: readonly Path[], guide?: Guide): number {
  const extents = strokes.map(extentOf);
  const height = Math.max(ownHeight(extents), guide?.xHeight ?? 0);
  return height > 0 && Number.isFinite(height) ? height : 1;
}

function ownHeight(extents: readonly Extent[]): number {
  if (extents.every(isDash)) return DASH * extents.reduce((most, each) => Math.max(most, widthOf(each)), 0);
  const all = extents.map(heightOf).sort((a, b) => a - b);
  const heights = all.filter((height) => height > MARK * (all.at(-1) ?? 0));
  return heights[Math.floor(heights.length * PERCENTILE)] ?? 0;
}

/** Joined writing can be as flat as a dash, but goes a longer way. */
function isDash(extent: Extent): boolean {
  const width = widthOf(extent);
  return width > 0 && heightOf(extent) < 0.3 * width && extent.length < 1.3 * width;
}

const widthOf = ({ left, right }: Extent): number => right - left;
const heightOf = ({ top, bottom }: Extent): number => bottom - top;
