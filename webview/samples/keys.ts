/** Where a key moves the keyboard's place in the grid: by columns and rows, by pages, or to an end. */
export type Move =
  | { type: 'by'; columns: number; rows: number }
  | { type: 'pages'; pages: number }
  | { type: 'rowStart' | 'rowEnd' | 'start' | 'end' };

const MOVES: Record<string, Move> = {
  ArrowLeft: { type: 'by', columns: -1, rows: 0 },
  ArrowRight: { type: 'by', columns: 1, rows: 0 },
  ArrowUp: { type: 'by', columns: 0, rows: -1 },
  ArrowDown: { type: 'by', columns: 0, rows: 1 },
  PageUp: { type: 'pages', pages: -1 },
  PageDown: { type: 'pages', pages: 1 },
};

/** The move that a key asks for, if any: the keys of an ARIA grid. */
export function moveFor(event: KeyboardEvent): Move | undefined {
  if (event.altKey) return undefined;
  const far = event.ctrlKey || event.metaKey;
  if (event.key === 'Home') return { type: far ? 'start' : 'rowStart' };
  if (event.key === 'End') return { type: far ? 'end' : 'rowEnd' };
  // ctrl moves without choosing
  return MOVES[event.key];
}

/** The place that a move leads to. */
export function moved(
  place: number,
  move: Move,
  columns: number,
  rowsInWindow: number,
  total: number,
): number {
  const clamp = (to: number) => Math.min(Math.max(to, 0), Math.max(total - 1, 0));
  switch (move.type) {
    case 'by': {
      const to = place + move.columns + move.rows * columns;
      // up from the first row and down from the last one stay
      return to < 0 || to >= total ? (move.rows > 0 ? lastRow(place, columns, total) : place) : to;
    }
    case 'pages': {
      const to = place + move.pages * Math.max(1, rowsInWindow) * columns;
      return clamp(to);
    }
    case 'rowStart':
      return place - (place % columns);
    case 'rowEnd':
      return clamp(place - (place % columns) + columns - 1);
    case 'start':
      return 0;
    case 'end':
      return clamp(total - 1);
  }
}

/** Down from the row before a short last one leads to the last sample. */
function lastRow(place: number, columns: number, total: number): number {
  const inLastRow = Math.floor(place / columns) === Math.floor((total - 1) / columns);
  return inLastRow ? place : total - 1;
}
