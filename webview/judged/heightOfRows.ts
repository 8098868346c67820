import { layOut } from '../samples/layout';

/** Rows that show at once where a grid stands among other parts of a page. */
const MOST_ROWS = 3;
/** Room for a sentence where nothing is listed. */
const LEAST = 88;

/**
 * How high a grid of samples with two lines below each picture is among other parts of a page.
 *
 * @param zoom height of a picture in CSS pixels
 * @param width of the grid
 */
export function heightOfRows(total: number, zoom: number, width: number): number {
  const { rows, cellHeight, height } = layOut(total, zoom, width, 2);
  const margins = height - rows * cellHeight;
  return Math.max(LEAST, Math.min(rows, MOST_ROWS) * cellHeight + margins);
}
