import { DatasetError } from '../errors';
import { noExtent, widen, type Extent } from './grayRange';
import {
  COUNTED_COLUMNS,
  LABEL,
  layoutOf,
  mayHoldWords,
  NoPixelRows,
  startOf,
  type Column,
  type TableLayout,
  type TableStart,
} from './tableLayout';
import { tableLines } from './tableLines';

/** Numbers that are in memory at a time. */
const BATCH = 2 ** 20;
/** Of a column so many different values are counted; more are no labels that tell it from pixels. */
const MOST_COUNTED = 1000;
const MOST_CLASSES = 65_536;
/** What a pixel may be: a gray value, a share of 1, or -1 to 1. */
const [LEAST, MOST] = [-1, 255];
const [QUOTE, SPACE, TAB, ZERO, NINE] = [34, 32, 9, 48, 57];

/** Some rows of a table of pictures. */
export interface PixelRows {
  readonly labels: readonly string[];
  /** The numbers of the pictures, one behind the other. */
  readonly pixels: Float32Array;
}

/** What a table holds, once all of it was looked at. */
export interface TableSurvey {
  readonly layout: TableLayout;
  readonly labels: ReadonlySet<string>;
  /** Rows with a label, and without. */
  readonly count: number;
  readonly unlabeled: number;
  readonly extent: Extent;
}

/**
 * Looks through rows of a label and pixels: in which column the label stands (or in which columns of 0 and 1), whether
 * the first row names them, and of what range the numbers are. Commas, semicolons, tabs or blanks stand between them.
 *
 * @param open the table, as often as it is read
 * @throws NoPixelRows where the file holds something else, DatasetError that names the first line which cannot be read
 */
export async function surveyTable(open: () => AsyncIterable<Buffer>, name: string): Promise<TableSurvey> {
  const start = await readStart(open(), name);
  if (!start) throw new DatasetError(`${name} has no rows label,pixel…: fetch it again.`);
  const columns = await surveyColumns(open(), start, name);
  const layout = layoutOf(start, columns.columns, columns.rows, name);
  const labels = new Set<string>();
  const extent = noExtent();
  let [count, unlabeled] = [0, 0];
  for await (const rows of readRows(open(), layout, name, true)) {
    for (const label of rows.labels) {
      if (label === '') unlabeled++;
      else labels.add(label);
    }
    if (labels.size > MOST_CLASSES) throw tooManyClasses(name);
    count += rows.labels.length;
    for (const value of rows.pixels) widen(extent, value);
  }
  return { layout, labels, count: count - unlabeled, unlabeled, extent };
}

/** Reads the rows of a table that was looked through; those without a label are left out. */
export function readPixelRows(
  pieces: AsyncIterable<Buffer>,
  layout: TableLayout,
  name: string,
): AsyncGenerator<PixelRows> {
  return readRows(pieces, layout, name, false);
}

export function tooManyClasses(name: string): DatasetError {
  return new DatasetError(
    `${name} has more than ${MOST_CLASSES.toLocaleString('en')} different labels, and a dataset holds as many classes: take it in parts.`,
  );
}

async function readStart(pieces: AsyncIterable<Buffer>, name: string): Promise<TableStart | undefined> {
  const lines: string[] = [];
  for await (const { bytes } of tableLines(pieces, name)) {
    lines.push(bytes.toString('utf8'));
    if (lines.length === 2) break;
  }
  const [first, second] = lines;
  return first === undefined ? undefined : startOf(first, second, name);
}

async function surveyColumns(
  pieces: AsyncIterable<Buffer>,
  start: TableStart,
  name: string,
): Promise<{ columns: Column[]; rows: number }> {
  const columns = Array.from({ length: start.width }, (_, at) =>
    newColumn(at < COUNTED_COLUMNS || at >= start.width - COUNTED_COLUMNS),
  );
  const holdsWords = mayHoldWords(start);
  let rows = 0;
  for await (const { bytes, number } of rowsOf(pieces, start, name)) {
    const where = `${name} line ${String(number)}`;
    readRow(bytes, start.separator, start.width, where, (column, value, from, to) => {
      const known = columns[column];
      if (!known) return;
      if (Number.isNaN(value) && !holdsWords(column))
        throw noPixel(bytes.toString('latin1', from, to), where);
      look(known, Number.isNaN(value) ? bytes.toString('utf8', from, to) : value, rows);
    });
    rows++;
  }
  if (rows === 0) throw new NoPixelRows(`${name} has no rows label,pixel…: fetch it again.`);
  return { columns, rows };
}

function newColumn(isCounted: boolean): Column {
  return {
    isConstant: true,
    isRunning: true,
    isLabel: true,
    isBit: true,
    first: undefined,
    last: undefined,
    counts: isCounted ? new Map<string | number, number>() : undefined,
  };
}

function look(column: Column, value: string | number, row: number): void {
  if (row === 0) column.first = value;
  else {
    if (value !== column.first) column.isConstant = false;
    if (value !== Number(column.last) + 1) column.isRunning = false;
  }
  column.last = value;
  if (typeof value === 'number' && (!Number.isInteger(value) || value < 0)) column.isLabel = false;
  if (value !== 0 && value !== 1) column.isBit = false;
  if (!column.counts) return;
  const before = column.counts.get(value);
  if (before !== undefined) column.counts.set(value, before + 1);
  else if (column.counts.size < MOST_COUNTED) column.counts.set(value, 1);
}

async function* readRows(
  pieces: AsyncIterable<Buffer>,
  layout: TableLayout,
  name: string,
  withUnlabeled: boolean,
): AsyncGenerator<PixelRows> {
  const { columns, size, separator, classes } = layout;
  const batch = Math.max(1, Math.floor(BATCH / size));
  const hot = columns.flatMap((holds, column) => (holds === LABEL ? [column] : []));
  let labels: string[] = [];
  let pixels = new Float32Array(size * batch);
  for await (const { bytes, number } of rowsOf(pieces, layout, name)) {
    const where = `${name} line ${String(number)}`;
    const into = pixels.subarray(labels.length * size, (labels.length + 1) * size);
    let label = '';
    readRow(bytes, separator, columns.length, where, (column, value, from, to) => {
      const holds = columns[column] ?? 0;
      if (holds === LABEL && classes) {
        if (value === 1) label = classes[hot.indexOf(column)] ?? '';
      } else if (holds === LABEL) label = labelOf(value, bytes.toString('utf8', from, to));
      else if (holds >= 0) {
        if (!(value >= LEAST && value <= MOST)) throw noPixel(bytes.toString('latin1', from, to), where);
        into[holds] = value;
      }
    });
    if (label === '' && !withUnlabeled) continue;
    labels.push(label);
    if (labels.length < batch) continue;
    yield { labels, pixels };
    labels = [];
    pixels = new Float32Array(size * batch);
  }
  if (labels.length > 0) yield { labels, pixels: pixels.subarray(0, labels.length * size) };
}

/**
 * Goes through the cells of a row; a library for CSV, which makes a string of each, takes some eighteen times as long.
 *
 * @param cell told the column, the number (NaN where it is none), and where the cell stands
 */
function readRow(
  bytes: Buffer,
  separator: number,
  width: number,
  where: string,
  cell: (column: number, value: number, from: number, to: number) => void,
): void {
  const isBlank = separator === SPACE;
  let [column, value, start, digits] = [0, 0, 0, 0];
  let [quoted, isPlain] = [false, true];
  for (let at = 0; at <= bytes.length; at++) {
    const byte = at < bytes.length ? (bytes[at] ?? 0) : separator;
    if (byte === QUOTE) quoted = !quoted;
    else if ((byte === separator || (isBlank && byte === TAB)) && !quoted) {
      // of blanks any number stands between two cells
      if (!isBlank || at > start) {
        const number = isPlain && digits > 0 ? value : numberOf(bytes.toString('latin1', start, at));
        cell(column, number, start, at);
        column++;
      }
      [value, start, digits, isPlain] = [0, at + 1, 0, true];
    } else if (byte >= ZERO && byte <= NINE) {
      value = value * 10 + byte - ZERO;
      digits++;
    } else if (byte !== SPACE || digits > 0) isPlain = false;
  }
  if (column !== width) {
    throw new DatasetError(
      `${where} has ${String(column)} columns where the first has ${String(width)}: fetch the file again.`,
    );
  }
}

/** A number as programs write it, with a comma for a point too; NaN where it is none. */
function numberOf(cell: string): number {
  const text = withoutQuotes(cell);
  return text === '' ? NaN : Number(text.replace(',', '.'));
}

/** A label as it is, but for 7.0 and 7.000e+00, which are 7. */
function labelOf(value: number, cell: string): string {
  return Number.isInteger(value) ? String(value) : withoutQuotes(cell);
}

function withoutQuotes(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/s, (_, quoted: string) => quoted.replaceAll('""', '"').trim());
}

function noPixel(cell: string, where: string): DatasetError {
  return new DatasetError(
    `${where} has the pixel "${cell.trim().slice(0, 20)}": write numbers from 0 to 255, or from 0 to 1.`,
  );
}

/** The rows of a table behind its head. */
async function* rowsOf(
  pieces: AsyncIterable<Buffer>,
  { hasHead }: Pick<TableStart, 'hasHead'>,
  name: string,
) {
  let isHead = hasHead;
  for await (const line of tableLines(pieces, name)) {
    if (!isHead) yield line;
    isHead = false;
  }
}
