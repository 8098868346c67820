import { PICTURE_SIZE } from '../ink/rasterize';
import { DatasetError } from './errors';

/** Grey values of a picture, row by row. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Float32Array;
}

const BORDER = 2;
const BOX = PICTURE_SIZE - 2 * BORDER;
/** Neighbourhood that is taken as paper around a pixel, as a share of the longer side. */
const PAPER_SHARE = 0.5;
/** Less contrast than this (of 255) between paper and pen is an empty picture. */
const LEAST_CONTRAST = 12;

/**
 * Turns a photograph or scan of one character into the network's input, as EMNIST made its own (Cohen et al. 2017,
 * section II): paper removed, pen separated by Otsu's threshold (1979), cropped, aspect kept, centred, smooth.
 *
 * @param picture 0 black to 255 white; dark pen on light paper or light on dark, which is found out
 * @returns 28x28 grey values, 0 background to 255 ink
 * @throws DatasetError where the picture holds no character
 */
export function normalizePhotograph(picture: GreyPicture): Uint8Array {
  const dark = penOnPaper(picture);
  const threshold = otsu(dark.pixels);
  const crop = inkBounds(dark, threshold);
  if (threshold.contrast < LEAST_CONTRAST || !crop) {
    throw new DatasetError('The picture shows no character: use one with more contrast.');
  }
  return shrink(dark, crop, threshold);
}

/** How much darker (or lighter, for light pens) each pixel is than the paper around it. */
function penOnPaper({ width, height, pixels }: GreyPicture): GreyPicture {
  const radius = Math.max(3, Math.round((Math.max(width, height) * PAPER_SHARE) / 2));
  const border = pixels.filter((_, index) => {
    const row = Math.floor(index / width);
    const column = index % width;
    return row === 0 || column === 0 || row === height - 1 || column === width - 1;
  });
  const middle = border.toSorted()[border.length >> 1] ?? 255;
  const darker = pixels.reduce((sum, value) => sum + Math.max(0, middle - value), 0);
  const lighter = pixels.reduce((sum, value) => sum + Math.max(0, value - middle), 0);
  const onWhite = darker >= lighter ? pixels : pixels.map((value) => 255 - value);
  const paper = boxMaximum({ width, height, pixels: onWhite }, radius);
  return { width, height, pixels: onWhite.map((value, index) => Math.max(0, (paper.pixels[index] ?? 0) - value)) };
}

/** The lightest value around each pixel, smoothed: paper, where the neighbourhood is wider than a pen's line. */
function boxMaximum(picture: GreyPicture, radius: number): GreyPicture {
  const lightest = alongBoth(picture, radius, (values) => Math.max(...values));
  return alongBoth(lightest, radius, (values) => values.reduce((sum, value) => sum + value, 0) / values.length);
}

/** Applies a function of the neighbours to every row, then to every column. */
function alongBoth(picture: GreyPicture, radius: number, of: (values: Float32Array) => number): GreyPicture {
  return transposed(alongRows(transposed(alongRows(picture, radius, of)), radius, of));
}

function alongRows({ width, height, pixels }: GreyPicture, radius: number, of: (values: Float32Array) => number) {
  const result = pixels.map((_, index) => {
    const row = index - (index % width);
    const column = index % width;
    return of(pixels.subarray(row + Math.max(0, column - radius), row + Math.min(width, column + radius + 1)));
  });
  return { width, height, pixels: result };
}

function transposed({ width, height, pixels }: GreyPicture): GreyPicture {
  const turned = pixels.map((_, index) => pixels[(index % height) * width + Math.floor(index / height)] ?? 0);
  return { width: height, height: width, pixels: turned };
}

interface Threshold {
  readonly value: number;
  /** Mean of the pen's values: what counts as full ink. */
  readonly ink: number;
  readonly contrast: number;
}

/** The threshold that separates two groups of values best (Otsu 1979). */
function otsu(values: Float32Array): Threshold {
  const histogram = new Float64Array(256);
  for (const value of values) {
    const bin = Math.min(255, Math.max(0, Math.round(value)));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  const total = values.length;
  const sum = histogram.reduce((all, count, value) => all + count * value, 0);
  let best = { value: 0, separation: -1, low: 0, high: 0 };
  let below = 0;
  let belowSum = 0;
  histogram.forEach((count, value) => {
    below += count;
    belowSum += count * value;
    const above = total - below;
    if (below === 0 || above === 0) return;
    const low = belowSum / below;
    const high = (sum - belowSum) / above;
    const separation = below * above * (high - low) ** 2;
    if (separation > best.separation) best = { value, separation, low, high };
  });
  return { value: best.value, ink: best.high, contrast: best.high - best.low };
}

interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box around the rows and columns with more ink than specks have. */
function inkBounds({ width, height, pixels }: GreyPicture, { value }: Threshold): Crop | undefined {
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
function shrink({ width, height, pixels }: GreyPicture, crop: Crop, { value, ink }: Threshold): Uint8Array {
  const step = Math.max(crop.width, crop.height) / BOX;
  const reach = Math.max(1, step) * 0.75;
  const centreX = crop.left + crop.width / 2;
  const centreY = crop.top + crop.height / 2;
  const full = (value + ink) / 2;
  const inkAt = (row: number, column: number) => {
    if (row < 0 || column < 0 || row >= height || column >= width) return 0;
    return Math.min(1, Math.max(0, (pixels[row * width + column] ?? 0) - value / 2) / (full - value / 2));
  };
  return Uint8Array.from({ length: PICTURE_SIZE ** 2 }, (_, index) => {
    const x = centreX + ((index % PICTURE_SIZE) + 0.5 - PICTURE_SIZE / 2) * step;
    const y = centreY + (Math.floor(index / PICTURE_SIZE) + 0.5 - PICTURE_SIZE / 2) * step;
    let sum = 0;
    let weights = 0;
    for (let row = Math.floor(y - reach); row <= Math.ceil(y + reach); row++) {
      for (let column = Math.floor(x - reach); column <= Math.ceil(x + reach); column++) {
        const near = Math.max(0, reach - Math.abs(row + 0.5 - y)) * Math.max(0, reach - Math.abs(column + 0.5 - x));
        sum += near * inkAt(row, column);
        weights += near;
      }
    }
    return Math.round((255 * sum) / Math.max(weights, 1e-9));
  });
}
