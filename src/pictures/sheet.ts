import { componentsOf } from './components';
import { histogramOf, otsuOf } from './otsu';

/** Gray values of a picture, row by row, 0 black to 255 white. */
interface Gray<T extends Uint8Array | Float32Array> {
  readonly width: number;
  readonly height: number;
  readonly pixels: T;
}

/** Longest side of the picture that the sheet is looked for in. */
const LOOKED_AT = 256;
/** A smaller picture is that of a character, and not of a sheet with one. */
const SMALLEST = 64;
/** What is around a sheet is at least so much darker, and by so many values. */
const [DARKER, LEAST_CONTRAST] = [0.75, 40];
/** Shares of the picture that a sheet takes. */
const [LEAST_SHARE, MOST_SHARE] = [0.12, 0.97];
/** Other sheets beside the largest are at least this share of it, and there are no more in all. */
const [LEAST_OTHER, MOST_SHEETS] = [0.25, 8];
/** Share of the picture's border that is not of the sheet. */
const LEAST_AROUND = 0.2;
/** Share of what a sheet covers or its corners hold that is of both: a round light thing is none. */
const LEAST_STRAIGHT = 0.955;
/** Around it nothing is written: no more than this share is so many values darker than the most. */
const [MOST_STROKES, STROKE] = [0.003, 30];
/** Share of a sheet that writing takes. */
const [LEAST_WRITING, MOST_WRITING] = [0.001, 0.35];
/** So much of the sheet's size along its edge is left out: its edge is a shadow's. */
const EDGE = 0.015;

/** A place in a picture, in pixels. */
export interface Corner {
  readonly x: number;
  readonly y: number;
}
export type Corners = readonly [Corner, Corner, Corner, Corner];

/**
 * A picture of a light sheet on something darker without what is around the sheet: a desk, the black edges of a scan.
 * These become paper. Any other picture stays as it is, the very same.
 */
export function withoutSurroundings<T extends Uint8Array | Float32Array>(picture: Gray<T>): Gray<T> {
  const { width, height } = picture;
  if (Math.min(width, height) < SMALLEST) return picture;
  const [sheet] = findSheets(picture);
  if (!sheet) return picture;
  const pixels = picture.pixels.slice() as T;
  const isInside = insideOf(sheet.corners);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isInside(x + 0.5, y + 0.5)) pixels[y * width + x] = sheet.paper;
    }
  }
  return { width, height, pixels };
}

/**
 * The corners of the light sheets on something darker that a picture shows, in the order in which one reads them: rows of
 * sheets from above, each from the left. Each sheet's are clockwise from its upper left one.
 */
export function sheetCorners(picture: Gray<Uint8Array | Float32Array>): Corners[] {
  if (Math.min(picture.width, picture.height) < SMALLEST) return [];
  const sheets = findSheets(picture).map(({ corners }) => corners);
  const middle = (corners: Corners) => centerOf(corners);
  const isBefore = (a: Corners, b: Corners) => Math.max(...a.map(({ y }) => y)) <= middle(b).y;
  return sheets.sort((a, b) => {
    if (isBefore(a, b)) return -1;
    return isBefore(b, a) ? 1 : middle(a).x - middle(b).x;
  });
}

/** @returns the largest first, the corners in pixels of the picture, with the brightness of the paper */
function findSheets(picture: Gray<Uint8Array | Float32Array>): { corners: Corners; paper: number }[] {
  const { step, width, height, pixels } = smaller(picture);
  const { value, low, high } = otsuOf(histogramOf(pixels));
  if (high - low < LEAST_CONTRAST || low > DARKER * high) return [];
  const isLight = pixels.map((gray) => (gray > value ? 1 : 0));
  if (aroundShare(isLight, width, height) < LEAST_AROUND) return [];
  const components = componentsOf(isLight, width).sort((a, b) => b.pixels.length - a.pixels.length);
  const largest = components[0]?.pixels.length ?? 0;
  const found = components
    .filter((component) => component.pixels.length >= LEAST_OTHER * largest)
    .slice(0, MOST_SHEETS)
    .map((component) => sheetOf(component.pixels, width, height));
  // the others lie around the largest
  if (!found[0]) return [];
  const sheets = found.filter((sheet) => sheet !== undefined);
  const isAround = (_: number, index: number) => sheets.every(({ covers }) => covers[index] === 0);
  if (isWrittenOn(pixels.filter(isAround))) return [];
  return sheets.map(({ corners }) => {
    const middle = centerOf(corners);
    const inward = ({ x, y }: Corner): Corner => ({
      x: step * (x + (middle.x - x) * 2 * EDGE),
      y: step * (y + (middle.y - y) * 2 * EDGE),
    });
    const [a, b, c, d] = corners;
    return { paper: high, corners: [inward(a), inward(b), inward(c), inward(d)] };
  });
}

/** A light component that is a written sheet, and 1 for each pixel that it covers or its corners hold. */
function sheetOf(
  light: readonly number[],
  width: number,
  height: number,
): { corners: Corners; covers: Uint8Array } | undefined {
  const filled = filledOf(light, width, height);
  const area = countOf(filled);
  const share = area / filled.length;
  const writing = 1 - light.length / area;
  if (share < LEAST_SHARE || share > MOST_SHARE || writing < LEAST_WRITING || writing > MOST_WRITING) {
    return undefined;
  }
  const corners = cornersOf(light, width);
  const isInside = insideOf(corners);
  const within = filled.map((_, index) =>
    isInside((index % width) + 0.5, Math.floor(index / width) + 0.5) ? 1 : 0,
  );
  const both = countOf(within.map((inside, index) => inside & (filled[index] ?? 0)));
  if (both < LEAST_STRAIGHT * (area + countOf(within) - both)) return undefined;
  return { corners, covers: within.map((inside, index) => inside | (filled[index] ?? 0)) };
}

/** The picture with the mean of some pixels for each. */
function smaller({ width, height, pixels }: Gray<Uint8Array | Float32Array>) {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / LOOKED_AT));
  const [columns, rows] = [Math.floor(width / step), Math.floor(height / step)];
  const small = Uint8Array.from({ length: columns * rows }, (_, index) => {
    const [left, top] = [(index % columns) * step, Math.floor(index / columns) * step];
    let sum = 0;
    for (let y = top; y < top + step; y++) {
      for (let x = left; x < left + step; x++) sum += pixels[y * width + x] ?? 0;
    }
    return Math.round(sum / step ** 2);
  });
  return { step, width: columns, height: rows, pixels: small };
}

/** Share of the border's pixels that are dark. */
function aroundShare(isLight: Uint8Array, width: number, height: number): number {
  let [dark, all] = [0, 0];
  isLight.forEach((light, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    if (x > 0 && y > 0 && x < width - 1 && y < height - 1) return;
    all++;
    if (light === 0) dark++;
  });
  return dark / all;
}

/** A component with the holes in it. */
function filledOf(component: readonly number[], width: number, height: number): Uint8Array {
  // one more pixel on every side, so that all that is outside hangs together
  const across = width + 2;
  const isFree = new Uint8Array(across * (height + 2)).fill(1);
  const placeOf = (index: number) => (Math.floor(index / width) + 1) * across + (index % width) + 1;
  for (const index of component) isFree[placeOf(index)] = 0;
  const outside = new Uint8Array(isFree.length);
  for (const index of componentsOf(isFree, across)[0]?.pixels ?? []) outside[index] = 1;
  return Uint8Array.from({ length: width * height }, (_, index) => 1 - (outside[placeOf(index)] ?? 0));
}

function countOf(mask: Uint8Array): number {
  return mask.reduce((sum, each) => sum + each, 0);
}

/** Whether there are strokes: what lies in the shadow is paper too. */
function isWrittenOn(around: Uint8Array): boolean {
  const middle = around.toSorted()[around.length >> 1] ?? 0;
  return around.filter((gray) => gray < middle - STROKE).length > MOST_STROKES * around.length;
}

/** The pixels that lie farthest in the four slanting directions: upper left, upper right, lower right, lower left. */
function cornersOf(component: readonly number[], width: number): Corners {
  const far = (direction: (x: number, y: number) => number): Corner => {
    let [best, corner] = [-Infinity, { x: 0, y: 0 }];
    for (const index of component) {
      const [x, y] = [index % width, Math.floor(index / width)];
      const reach = direction(x, y);
      if (reach > best) [best, corner] = [reach, { x, y }];
    }
    return corner;
  };
  // to the outer sides of the pixels
  const [a, b, c, d] = [
    far((x, y) => -x - y),
    far((x, y) => x - y),
    far((x, y) => x + y),
    far((x, y) => y - x),
  ];
  return [a, { x: b.x + 1, y: b.y }, { x: c.x + 1, y: c.y + 1 }, { x: d.x, y: d.y + 1 }];
}

function centerOf(corners: readonly Corner[]): Corner {
  const mean = (of: (corner: Corner) => number) =>
    corners.reduce((sum, corner) => sum + of(corner), 0) / corners.length;
  return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
}

function insideOf(corners: readonly Corner[]): (x: number, y: number) => boolean {
  const sides = corners.map((from, at) => ({ from, to: corners[(at + 1) % corners.length] ?? from }));
  return (x, y) =>
    sides.every(({ from, to }) => (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) >= 0);
}
