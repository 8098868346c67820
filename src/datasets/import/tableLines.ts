import { DatasetError } from '../errors';
import { behindQuotes, openQuote } from './csvRows';

/** A line of more bytes is no row of pixels. */
const LONGEST_LINE = 8 * 2 ** 20;
/** A cell of so many numbers holds a picture. */
const LEAST_PIXELS = 16;
/** A row of fewer cells has its pixels in one of them, if it has any. */
const FEW_CELLS = 8;
/** Of the largest picture. */
const MOST_PIXELS = 1024 ** 2;
const [NEWLINE, RETURN, QUOTE, COMMA] = [10, 13, 34, 44];
/** What stands between the numbers of a packed cell, and around them. */
const BETWEEN: ReadonlySet<number> = new Set(Buffer.from(' \t\r\n\v\f\xa0,;[]()', 'latin1'));
/** A cell of numbers with blanks, commas or semicolons between them, in brackets or not. */
const NUMBERS = /^[\s[\]()]*[-+.\d][-+.,;\s\deE[\]()]*$/;

/** A row of a table, before its cells are known. */
export interface TableLine {
  readonly bytes: Buffer;
  /** Where it begins in the file, from 1. */
  readonly number: number;
}

/**
 * The rows of a table of pixels, in one form: without what Excel writes first (`sep=;`), ARFF (as OpenML and Weka have
 * it) with its attributes as the first row, and with a cell for each pixel where one cell has all of a picture.
 *
 * @throws DatasetError where a quoted cell does not end, or the file has no lines
 */
export async function* tableLines(
  pieces: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<TableLine, void, undefined> {
  const lines = linesOf(pieces, name);
  const next = await lines.next();
  if (next.done === true) return;
  const first = next.value;
  if (/^\s*(%|@relation\b)/i.test(startOf(first))) yield* arffLines(first, lines, name);
  else if (/^(\uFEFF)?sep=.$/i.test(startOf(first))) yield* unpacked(lines, name);
  else yield* unpacked(preceded(first, lines), name);
}

function startOf({ bytes }: TableLine): string {
  return bytes.toString('utf8', 0, 20);
}

async function* preceded(
  first: TableLine,
  lines: AsyncIterable<TableLine>,
): AsyncGenerator<TableLine, void, undefined> {
  yield first;
  yield* lines;
}

/** Attribute-Relation File Format: a header that declares the columns, notes behind a %, and rows with commas. */
async function* arffLines(
  first: TableLine,
  lines: AsyncIterable<TableLine>,
  name: string,
): AsyncGenerator<TableLine, void, undefined> {
  const names: string[] = [];
  let isData = false;
  for await (const { bytes, number } of preceded(first, lines)) {
    const text = bytes.toString('utf8').trim();
    if (text === '' || text.startsWith('%')) continue;
    if (isData) {
      if (text.startsWith('{'))
        throw new DatasetError(`${name} is a sparse ARFF file: save it with all values of each row.`);
      yield { bytes: Buffer.from(doubleQuoted(text)), number };
      continue;
    }
    const [, single, double, plain] = /^@attribute\s+(?:'([^']*)'|"([^"]*)"|(\S+))/i.exec(text) ?? [];
    const attribute = single ?? double ?? plain;
    if (attribute !== undefined) names.push(attribute);
    if (names.length > MOST_PIXELS)
      throw new DatasetError(`${name} has more attributes than any picture has pixels: give pictures.`);
    isData = /^@data\b/i.test(text);
    if (isData) yield { bytes: Buffer.from(names.map(quoted).join(',')), number };
  }
}

/** ARFF may quote by either mark. */
function doubleQuoted(row: string): string {
  return row.replace(/'((?:[^'\\]|\\.)*)'/g, (_, cell: string) => quoted(cell.replace(/\\(.)/g, '$1')));
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

/** Gives each pixel a cell of its own where the first rows have all of a picture in one. */
async function* unpacked(
  lines: AsyncIterable<TableLine>,
  name: string,
): AsyncGenerator<TableLine, void, undefined> {
  const ahead: TableLine[] = [];
  let packed: PackedCell | undefined;
  for await (const line of lines) {
    if (ahead.length < 2) {
      ahead.push(line);
      if (ahead.length < 2) continue;
      packed = packedCellOf(ahead, name);
      for (const each of ahead) yield packed ? unpackedLine(each, packed) : each;
    } else yield packed ? unpackedLine(line, packed) : line;
  }
  if (ahead.length < 2) yield* ahead;
}

/** Which cell of each row holds a picture. */
interface PackedCell {
  readonly column: number;
  readonly separator: string;
  readonly pixels: number;
}

function packedCellOf(lines: readonly TableLine[], name: string): PackedCell | undefined {
  const second = lines[1]?.bytes.toString('utf8') ?? '';
  for (const separator of ['\t', ';', ',']) {
    if (!second.includes(separator)) continue;
    const cells = cellsOf(second, separator);
    if (cells.length > FEW_CELLS) continue;
    const column = cells.findIndex((cell) => NUMBERS.test(cell) && countOf(cell) >= LEAST_PIXELS);
    const pixels = countOf(cells[column] ?? '');
    if (pixels > MOST_PIXELS)
      throw new DatasetError(
        `${name} has more numbers in a cell than any picture has pixels: give pictures.`,
      );
    if (column >= 0) return { column, separator, pixels };
  }
  return undefined;
}

/** A row with commas, in which the packed cell's numbers, or its name, are cells of their own. */
function unpackedLine({ bytes, number }: TableLine, packed: PackedCell): TableLine {
  const cells = cellsOf(bytes.toString('utf8'), packed.separator).map((cell, column) => {
    if (column !== packed.column) return quoted(cell);
    if (NUMBERS.test(cell)) return apart(cell);
    // a row without a picture, which whoever reads it says
    if (cell.trim() === '') return '';
    return Array.from({ length: packed.pixels }, (_, at) => quoted(`${cell}${String(at)}`)).join(',');
  });
  return { bytes: Buffer.from(cells.join(',')), number };
}

/** The cells of a row of few, as RFC 4180 has them; a library for CSV takes ten times as long. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length;) {
    let end = line.startsWith('"', at) ? (behindQuotes(line, at) ?? line.length) : at;
    end = line.indexOf(separator, end);
    if (end < 0) end = line.length;
    const cell = line.slice(at, end);
    cells.push(cell.startsWith('"') ? cell.trimEnd().slice(1, -1).replaceAll('""', '"') : cell);
    at = end + 1;
  }
  return cells;
}

function countOf(cell: string): number {
  const numbers = apart(cell);
  let count = numbers === '' ? 0 : 1;
  for (let at = numbers.indexOf(','); at >= 0; at = numbers.indexOf(',', at + 1)) count++;
  return count;
}

/** The numbers of a packed cell with commas between them; a regular expression takes five times as long. */
function apart(cell: string): string {
  const bytes = Buffer.from(cell, 'latin1');
  let end = 0;
  for (const byte of bytes) {
    if (!BETWEEN.has(byte)) bytes[end++] = byte;
    else if (end > 0 && bytes[end - 1] !== COMMA) bytes[end++] = COMMA;
  }
  if (bytes[end - 1] === COMMA) end--;
  return bytes.toString('latin1', 0, end);
}

/** The rows that are not empty, with the line that each begins in, from 1: a quoted cell may hold line breaks. */
async function* linesOf(
  pieces: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<TableLine, void, undefined> {
  let bytes: Buffer = Buffer.alloc(0);
  let [number, lines, quoted] = [1, 1, false];
  // of the line that is looked at, after the start of the row that it is in
  let from = 0;
  for await (const piece of pieces) {
    bytes = bytes.length > 0 ? Buffer.concat([bytes, piece]) : piece;
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE, from); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      quoted = quoted !== holdsOddQuotes(bytes.subarray(from, end));
      from = end + 1;
      lines++;
      if (quoted) continue;
      const line = trimmed(bytes.subarray(start, end));
      if (line.length > 0) yield { bytes: line, number };
      [start, number] = [from, lines];
    }
    bytes = bytes.subarray(start);
    from -= start;
    if (bytes.length <= LONGEST_LINE) continue;
    if (quoted) throw openQuote(`${name} line ${String(number)}`);
    throw new DatasetError(`${name} is not a CSV file: it has no lines.`);
  }
  if (quoted !== holdsOddQuotes(bytes.subarray(from))) throw openQuote(`${name} line ${String(number)}`);
  const last = trimmed(bytes);
  if (last.length > 0) yield { bytes: last, number };
}

function holdsOddQuotes(bytes: Buffer): boolean {
  let odd = false;
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) odd = !odd;
  return odd;
}

function trimmed(line: Buffer): Buffer {
  return line.length > 0 && line[line.length - 1] === RETURN ? line.subarray(0, -1) : line;
}
