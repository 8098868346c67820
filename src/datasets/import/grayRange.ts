/** Gray values as files have them, and what makes them 0 to 255. */
export interface GrayRange {
  readonly offset: number;
  readonly factor: number;
}

/** What is known of the numbers of all pictures. */
export interface Extent {
  least: number;
  most: number;
  isWhole: boolean;
  count: number;
}

/** Numbers from which on a small range is no chance: of fewer nothing can be said. */
const TELLING = 256;

export function noExtent(): Extent {
  return { least: Infinity, most: -Infinity, isWhole: true, count: 0 };
}

export function widen(extent: Extent, value: number): void {
  if (value < extent.least) extent.least = value;
  if (value > extent.most) extent.most = value;
  if (!Number.isInteger(value)) extent.isWhole = false;
  extent.count++;
}

/** What is known of two together. */
export function together(one: Extent, other: Extent): Extent {
  return {
    least: Math.min(one.least, other.least),
    most: Math.max(one.most, other.most),
    isWhole: one.isWhole && other.isWhole,
    count: one.count + other.count,
  };
}

/**
 * How numbers become gray values: shares of 1, -1 to 1, counts up to 16 (as of the digits of Alpaydin and Kaynak), bytes
 * with a sign, 16 bits, or gray values themselves.
 */
export function grayRangeOf({ least, most, isWhole, count }: Extent): GrayRange {
  if (least < 0) return least >= -1 && most <= 1 ? { offset: 1, factor: 127.5 } : { offset: 128, factor: 1 };
  if (most > 255) return { offset: 0, factor: 255 / 65535 };
  if (!isWhole) return { offset: 0, factor: most <= 1 ? 255 : 1 };
  if (count < TELLING || most > 16 || most === 0) return { offset: 0, factor: 1 };
  return { offset: 0, factor: most === 1 ? 255 : 255 / 16 };
}

/** A gray value, 0 to 255. */
export function grayOf(value: number, { offset, factor }: GrayRange): number {
  return Math.min(255, Math.max(0, Math.round((value + offset) * factor)));
}
