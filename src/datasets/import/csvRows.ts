import { DatasetError } from '../errors';

/** More take more memory than a table of labels may. */
export const MOST_ROWS = 500_000;
const MOST_CELLS = 16 * MOST_ROWS;

/** A row of a table of text. */
export interface Row {
  readonly cells: readonly string[];
  /** Where it begins, from 1. */
  readonly line: number;
}

/**
 * The rows of a table, empty ones too. A quoted cell may hold separators, doubled quotes and line breaks (RFC 4180); a
 * quote inside any other cell stands for itself. A library for CSV takes ten times as long, and three times the memory.
 *
 * @param most rows that are read, from the first
 * @throws DatasetError where a quoted cell does not end, or the table is too large
 */
export function readRows(text: string, separator: string, name: string, most = Infinity): Row[] {
  const rows: Row[] = [];
  let [at, line, count] = [0, 1, 0];
  while (at < text.length && rows.length < most) {
    const cells: string[] = [];
    const begins = line;
    for (let isLast = false; !isLast; at++) {
      const end = cellEnd(text, at, separator);
      if (end === undefined) throw openQuote(`${name} line ${String(begins)}`);
      const cell = text.slice(at, end);
      cells.push(isQuoted(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell);
      if (cell.startsWith('"')) line += breaksIn(cell);
      isLast = text[end] !== separator;
      at = text.startsWith('\r\n', end) ? end + 1 : end;
    }
    rows.push({ cells, line: begins });
    line++;
    count += cells.length;
    checkSize(rows.length, count, name);
  }
  return rows;
}

/** Where a cell ends; undefined where it has a quote that does not. */
function cellEnd(text: string, from: number, separator: string): number | undefined {
  const behind = text.startsWith('"', from) ? behindQuotes(text, from) : from;
  if (behind === undefined) return undefined;
  for (let end = behind; end < text.length; end++) {
    const sign = text[end];
    if (sign === separator || sign === '\n' || sign === '\r') return end;
  }
  return text.length;
}

/** Where the quotes that open at a place end; undefined where they do not. */
export function behindQuotes(text: string, from: number): number | undefined {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 2)) {
    if (text[end + 1] !== '"') return end + 1;
  }
  return undefined;
}

function isQuoted(cell: string): boolean {
  return cell.startsWith('"') && behindQuotes(cell, 0) === cell.length;
}

function breaksIn(cell: string): number {
  return cell.split(/\r\n?|\n/).length - 1;
}

/** @throws DatasetError where a table has more rows, or cells in all, than are read */
export function checkSize(rows: number, cells: number, name: string): void {
  if (rows > MOST_ROWS)
    throw new DatasetError(`${name} has over half a million rows: split it into several files.`);
  if (cells > MOST_CELLS)
    throw new DatasetError(`${name} has over eight million cells: split it into several files.`);
}

export function openQuote(where: string): DatasetError {
  return new DatasetError(`${where} has a quote that does not end: write a quote in a cell as "".`);
}
