/** Smallest and largest height of a picture on the screen, in CSS pixels. */
export const SMALLEST = 16;
export const LARGEST = 128;
export const DEFAULT_ZOOM = 48;

/** Under this the labels would be larger than what they name. */
const LEAST_WITH_LABELS = 32;
const LABEL_HEIGHT = 16;
/** Of each further line. */
const LINE_HEIGHT = 13;
const GAP = 6;
const MARGIN = 8;

/** Where the samples of a list lie: rows of equal cells, each a picture with its caption below. In CSS pixels. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  /** Height of a picture. */
  readonly zoom: number;
  readonly pictureWidth: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Lines below the picture. */
  readonly lines: number;
  /** Free space at the left of every row. */
  readonly left: number;
  /** Height of all rows, margins included. */
  readonly height: number;
}

/**
 * @param wanted height of a picture
 * @param width of the window
 * @param captionLines wanted below each picture
 * @param aspect how much wider than high a picture is; none is wider than the window
 */
export function layOut(total: number, wanted: number, width: number, captionLines = 1, aspect = 1): Layout {
  const widest = Math.max(SMALLEST, width - 2 * MARGIN - GAP);
  const zoom = aspect > 1 ? Math.min(wanted, widest / aspect) : wanted;
  const pictureWidth = zoom * aspect;
  const lines = wanted >= LEAST_WITH_LABELS ? captionLines : 0;
  const cellWidth = pictureWidth + GAP;
  const cellHeight = zoom + GAP + (lines > 0 ? LABEL_HEIGHT + (lines - 1) * LINE_HEIGHT : 0);
  const columns = Math.max(1, Math.floor((width - 2 * MARGIN) / cellWidth));
  const rows = Math.ceil(total / columns);
  const left = Math.max(0, Math.floor((width - columns * cellWidth) / 2));
  return {
    columns,
    rows,
    zoom,
    pictureWidth,
    cellWidth,
    cellHeight,
    lines,
    left,
    height: rows * cellHeight + 2 * MARGIN,
  };
}

/** Top of a row, from the top of the first row's margin. */
export function topOf({ cellHeight }: Layout, row: number): number {
  return MARGIN + row * cellHeight;
}

/** From the top of a picture to the middle of a line below it. */
export function captionMiddle({ zoom }: Layout, line: number): number {
  return zoom + GAP / 4 + LABEL_HEIGHT / 2 + line * LINE_HEIGHT;
}

/** First and last place that show in a window on the rows. */
export function visiblePlaces(
  { columns, cellHeight }: Layout,
  offset: number,
  height: number,
  total: number,
): [number, number] {
  const firstRow = Math.max(0, Math.floor((offset - MARGIN) / cellHeight));
  const lastRow = Math.max(0, Math.floor((offset + height - MARGIN) / cellHeight));
  return [firstRow * columns, Math.min(total, (lastRow + 1) * columns) - 1];
}

/** The place at a point of the window, if a cell is there. */
export function placeAt(
  layout: Layout,
  offset: number,
  x: number,
  y: number,
  total: number,
): number | undefined {
  const column = Math.floor((x - layout.left) / layout.cellWidth);
  const row = Math.floor((y + offset - MARGIN) / layout.cellHeight);
  if (column < 0 || column >= layout.columns || row < 0) return undefined;
  const place = row * layout.columns + column;
  return place < total ? place : undefined;
}
