import { gridOver, measureCells, overNeighbors, quantile, type Raster, withCells } from './raster';

/** Cells along the longer side: a few of them are wider than any pen's line, and follow a shadow's edge. */
const CELLS = 32;
const SMALLEST_CELL = 12;
/** What of a cell's pixels are darker than its paper, where it has any: the rest is glare and noise. */
const PAPER = 0.9;
/** Paper is taken to be at least this bright, of 255: in a black corner there is no pen. */
const DARKEST_PAPER = 16;

/** Side of the cells that a page's light is measured in, in pixels. */
export function cellSize({ width, height }: Omit<Raster, 'pixels'>): number {
  return Math.max(SMALLEST_CELL, Math.ceil(Math.max(width, height) / CELLS));
}

/** Whether the pen is darker than the paper: the values of a pen are the longer tail of each place's. */
export function hasDarkPenOnPage(picture: Raster): boolean {
  const skews = measureCells(picture, gridOver(picture, 3 * cellSize(picture)), (histogram, count) => {
    const middle = quantile(histogram, count, 0.5);
    return middle - quantile(histogram, count, 0.01) - (quantile(histogram, count, 0.99) - middle);
  });
  return skews.values.reduce((sum, skew) => sum + skew, 0) >= 0;
}

/**
 * How much of the light the pen takes away at each pixel, 0 none to 255 all: the brightness against that of the paper
 * around it, so that shadows and colored paper do not matter.
 *
 * @param dark whether the pen is darker than the paper
 */
export function darknessOfPen(picture: Raster, dark: boolean): Raster {
  const onWhite = dark ? picture : { ...picture, pixels: picture.pixels.map((value) => 255 - value) };
  const lightest = measureCells(onWhite, gridOver(picture, cellSize(picture)), (histogram, count) =>
    quantile(histogram, count, PAPER),
  );
  // a morphological closing: fills what is narrower than three cells, and keeps edges of shadows where they are
  const widened = overNeighbors(lightest, (values) => Math.max(...values));
  const paper = overNeighbors(widened, (values) => Math.min(...values));
  return withCells(onWhite, paper, (value, light) =>
    Math.max(0, 255 - (255 * value) / Math.max(DARKEST_PAPER, light)),
  );
}
