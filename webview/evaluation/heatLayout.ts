/** How far one can zoom in: a cell of 94 classes is then as large as a thumb. */
export const MOST_ZOOM = 12;

/** Where the keyboard or the pointer is: -1 is the head of a row or column. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Which part of the matrix shows: how much larger than the whole, and its left top corner as a share of the whole. */
export interface Window {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export const WHOLE: Window = { zoom: 1, x: 0, y: 0 };

/** Where the cells lie, in CSS pixels. */
export interface HeatLayout {
  readonly count: number;
  /** Width and height of the picture. */
  readonly side: number;
  /** Room for the names at the left and the top. */
  readonly margin: number;
  /** Side of a cell. */
  readonly cell: number;
  /** What is scrolled out at the left and the top. */
  readonly left: number;
  readonly top: number;
}

export function layOut(count: number, side: number, margin: number, window: Window): HeatLayout {
  const whole = Math.max(1, side - margin) * window.zoom;
  const cell = whole / Math.max(1, count);
  return { count, side, margin, cell, left: window.x * whole, top: window.y * whole };
}

/** Keeps a window within the matrix. */
export function clamped({ zoom, x, y }: Window): Window {
  const kept = Math.min(Math.max(zoom, 1), MOST_ZOOM);
  const most = 1 - 1 / kept;
  const within = (at: number) => Math.min(Math.max(at, 0), most);
  return { zoom: kept, x: within(x), y: within(y) };
}

/** Zooms so that the point at a share of the picture stays where it is. */
export function zoomed(window: Window, factor: number, at: { x: number; y: number }): Window {
  const zoom = Math.min(Math.max(window.zoom * factor, 1), MOST_ZOOM);
  const x = window.x + at.x / window.zoom - at.x / zoom;
  const y = window.y + at.y / window.zoom - at.y / zoom;
  return clamped({ zoom, x, y });
}

/** Moves a window as little as shows a place whole. */
export function showing(window: Window, { row, column }: Place, count: number): Window {
  const size = 1 / window.zoom;
  const into = (at: number, index: number) => {
    if (index < 0) return at;
    return Math.min(Math.max(at, (index + 1) / count - size), index / count);
  };
  return clamped({ ...window, x: into(window.x, column), y: into(window.y, row) });
}

/** Left edge of a column, in the picture. */
export function leftOf({ margin, cell, left }: HeatLayout, column: number): number {
  return margin + column * cell - left;
}

/** Top edge of a row, in the picture. */
export function topOf({ margin, cell, top }: HeatLayout, row: number): number {
  return margin + row * cell - top;
}

/** What is at a point of the picture; nothing in the corner and outside. */
export function placeAt(layout: HeatLayout, x: number, y: number): Place | undefined {
  const { margin, cell, left, top, count, side } = layout;
  if (x < 0 || y < 0 || x >= side || y >= side) return undefined;
  const at = (along: number, scrolled: number) =>
    along < margin ? -1 : Math.floor((along - margin + scrolled) / cell);
  const place = { row: at(y, top), column: at(x, left) };
  if (place.row >= count || place.column >= count) return undefined;
  return place.row < 0 && place.column < 0 ? undefined : place;
}

/** First and last row or column that shows. */
export function visible({ side, margin, cell, count }: HeatLayout, scrolled: number): [number, number] {
  const first = Math.max(0, Math.floor(scrolled / cell));
  const last = Math.min(count - 1, Math.ceil((scrolled + side - margin) / cell) - 1);
  return [first, last];
}

const STEPS: Record<string, readonly [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** The place that a key leads to, if it is one that moves; heads are before the first row and column. */
export function moved({ row, column }: Place, key: string, count: number): Place | undefined {
  const step = STEPS[key];
  if (!step) return undefined;
  const within = (at: number, least: number) => Math.min(Math.max(at, least), count - 1);
  const to = { row: within(row + step[0], -1), column: within(column + step[1], -1) };
  // the corner stands for nothing
  return to.row < 0 && to.column < 0 ? { row, column } : to;
}
