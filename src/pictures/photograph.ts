import { withoutSurroundings } from './sheet';
import { PICTURE_SIZE } from '../ink/rasterize';
import { cleanCharacter } from './cleanCharacter';
import { PictureError } from './errors';
import type { GrayPicture } from './grayPicture';
import { histogramOf, otsuOf } from './otsu';

const BORDER = 2;
const BOX = PICTURE_SIZE - 2 * BORDER;
/** Cells along the longer side in each of which some paper is seen: wider than a pen's line. */
const CELLS = 8;
/** Less contrast than this (of 255) between paper and pen is an empty picture. */
const LEAST_CONTRAST = 12;

/** How a picture is to be understood where the default does not suit it. */
export interface PhotographOptions {
  /** Dark pen on light paper, light on dark, or whichever is found; found unless given. */
  readonly pen?: 'auto' | 'dark' | 'light' | undefined;
  /**
   * One threshold for the whole picture (Otsu's), or one that follows the pen's strength from place to place, for
   * strokes that fade; one unless given.
   */
  readonly threshold?: 'otsu' | 'local' | undefined;
}

/**
 * Turns a photograph or scan of one character into the network's input, as EMNIST made its own (Cohen et al. 2017,
 * section II): paper removed, pen separated by Otsu's threshold (1979), cropped, aspect kept, centered, smooth.
 *
 * @param picture 0 black to 255 white; dark pen on light paper or light on dark, which is found out
 * @returns 28x28 gray values, 0 background to 255 ink
 * @throws PictureError where the picture holds no character
 */
export function normalizePhotograph(picture: GrayPicture, options: PhotographOptions = {}): Uint8Array {
  const sheet = options.pen === 'light' ? picture : withoutSurroundings(picture);
  const found = penOnPaper(sheet, sheet === picture ? options.pen : 'dark');
  const contrast = otsu(found.pixels).contrast;
  if (contrast < LEAST_CONTRAST) throw noCharacter();
  const dark = options.threshold === 'local' ? evenPen(found, contrast) : found;
  const threshold = otsu(dark.pixels);
  const clean = cleanCharacter(dark, threshold.value);
  const crop = inkBounds(clean, threshold);
  if (!crop) throw noCharacter();
  return shrink(clean, crop, threshold);
}

function noCharacter(): PictureError {
  return new PictureError('The picture shows no character: use one with more contrast.');
}

/** Whether the pen is darker than the paper. */
export function hasDarkPen(picture: GrayPicture): boolean {
  const middle = borderMedian(picture);
  let darker = 0;
  for (const value of picture.pixels) darker += middle - value;
  // the pen covers little of a picture, so its mean lies to the paper's side that the pen is on
  return darker >= 0;
}

/** How much darker (or lighter, for light pens) each pixel is than the paper around it. */
function penOnPaper(
  { width, height, pixels }: GrayPicture,
  pen: PhotographOptions['pen'] = 'auto',
): GrayPicture {
  const dark = pen === 'auto' ? hasDarkPen({ width, height, pixels }) : pen === 'dark';
  const onWhite = dark ? pixels : pixels.map((value) => 255 - value);
  const paper = paperAround({ width, height, pixels: onWhite });
  return { width, height, pixels: onWhite.map((value, index) => Math.max(0, paper(index) - value)) };
}

/** A pen of the same strength everywhere: each pixel against the strongest around it, but not what is mere noise. */
function evenPen({ width, height, pixels }: GrayPicture, contrast: number): GrayPicture {
  const strongest = paperAround({ width, height, pixels });
  const least = Math.max(LEAST_CONTRAST, contrast / 3);
  return {
    width,
    height,
    pixels: pixels.map((value, index) => Math.min(255, (255 * value) / Math.max(least, strongest(index)))),
  };
}

function borderMedian({ width, height, pixels }: GrayPicture): number {
  const border: number[] = [];
  for (let column = 0; column < width; column++) {
    border.push(pixels[column] ?? 0, pixels[(height - 1) * width + column] ?? 0);
  }
  for (let row = 0; row < height; row++) {
    border.push(pixels[row * width] ?? 0, pixels[row * width + width - 1] ?? 0);
  }
  return border.toSorted((a, b) => a - b)[border.length >> 1] ?? 255;
}

/** The paper's brightness (or a pen's strength) at each pixel: the lightest value of each cell's neighborhood, bilinear between cells. */
function paperAround({ width, height, pixels }: GrayPicture): (index: number) => number {
  const cellSize = Math.max(width, height) / CELLS;
  const columns = Math.max(1, Math.ceil(width / cellSize));
  const rows = Math.max(1, Math.ceil(height / cellSize));
  const lightest = new Float32Array(columns * rows);
  pixels.forEach((value, index) => {
    const cell =
      Math.floor(Math.floor(index / width) / cellSize) * columns + Math.floor((index % width) / cellSize);
    lightest[cell] = Math.max(lightest[cell] ?? 0, value);
  });
  const paper = lightest.map((_, cell) => Math.max(...neighbors(lightest, cell, columns, rows)));
  const at = (row: number, column: number) =>
    paper[Math.min(rows - 1, Math.max(0, row)) * columns + Math.min(columns - 1, Math.max(0, column))] ?? 0;
  return (index) => {
    const x = ((index % width) + 0.5) / cellSize - 0.5;
    const y = (Math.floor(index / width) + 0.5) / cellSize - 0.5;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const above = at(row, column) * (1 - x + column) + at(row, column + 1) * (x - column);
    const below = at(row + 1, column) * (1 - x + column) + at(row + 1, column + 1) * (x - column);
    return above * (1 - y + row) + below * (y - row);
  };
}

/** The values of a cell and of those that touch it. */
function neighbors(values: Float32Array, cell: number, columns: number, rows: number): number[] {
  const row = Math.floor(cell / columns);
  const column = cell % columns;
  const around: number[] = [];
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
      around.push(values[r * columns + c] ?? 0);
    }
  }
  return around;
}

/** Where ink begins. */
export interface Threshold {
  /** Above it a pixel is ink. */
  readonly value: number;
  /** Mean of the pen's values: what counts as full ink. */
  readonly ink: number;
}

/** The threshold that separates pen and paper best, and how far their means lie apart. */
function otsu(values: Float32Array): Threshold & { readonly contrast: number } {
  const bytes = Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(value))));
  const { value, low, high } = otsuOf(histogramOf(bytes));
  return { value, ink: high, contrast: high - low };
}

/** A box of a picture, in pixels. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box around the rows and columns with more ink than specks have. */
function inkBounds({ width, height, pixels }: GrayPicture, { value }: Threshold): Crop | undefined {
  const rows = new Uint32Array(height);
  const columns = new Uint32Array(width);
  pixels.forEach((pixel, index) => {
    if (pixel <= value) return;
    const row = Math.floor(index / width);
    rows[row] = (rows[row] ?? 0) + 1;
    columns[index % width] = (columns[index % width] ?? 0) + 1;
  });
  const speck = Math.max(width, height) >= 60 ? 1 : 0;
  const inked = (count: number) => count > speck;
  const [top, bottom] = [rows.findIndex(inked), rows.findLastIndex(inked)];
  const [left, right] = [columns.findIndex(inked), columns.findLastIndex(inked)];
  if (top < 0 || left < 0) return undefined;
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Downsamples the crop into the 24x24 box by the mean over each pixel's area, wide enough to be smooth. */
export function shrink(
  { width, height, pixels }: GrayPicture,
  crop: Crop,
  { value, ink }: Threshold,
): Uint8Array {
  const step = Math.max(crop.width, crop.height) / BOX;
  const reach = Math.max(1, step) * 0.75;
  const centerX = crop.left + crop.width / 2;
  const centerY = crop.top + crop.height / 2;
  const full = (value + ink) / 2;
  const inkAt = (row: number, column: number) => {
    if (row < 0 || column < 0 || row >= height || column >= width) return 0;
    return Math.min(1, Math.max(0, (pixels[row * width + column] ?? 0) - value / 2) / (full - value / 2));
  };
  return Uint8Array.from({ length: PICTURE_SIZE ** 2 }, (_, index) => {
    const x = centerX + ((index % PICTURE_SIZE) + 0.5 - PICTURE_SIZE / 2) * step;
    const y = centerY + (Math.floor(index / PICTURE_SIZE) + 0.5 - PICTURE_SIZE / 2) * step;
    let sum = 0;
    let weights = 0;
    for (let row = Math.floor(y - reach); row <= Math.ceil(y + reach); row++) {
      for (let column = Math.floor(x - reach); column <= Math.ceil(x + reach); column++) {
        const near =
          Math.max(0, reach - Math.abs(row + 0.5 - y)) * Math.max(0, reach - Math.abs(column + 0.5 - x));
        sum += near * inkAt(row, column);
        weights += near;
      }
    }
    return Math.round((255 * sum) / Math.max(weights, 1e-9));
  });
}
