import { DatasetError } from '../errors';

/** Rows that are in memory at a time. */
const BATCH = 1024;
/** A line of more bytes is no row of pixels. */
const LONGEST_LINE = 8 * 2 ** 20;
const LABEL_COLUMN = /^(labels?|class|character|letter|digit|target|y)$/i;
/** Columns of running numbers, such as pandas adds. */
const NUMBER_COLUMN = /^(|id|index|unnamed: ?\d+)$/i;
const [NEWLINE, RETURN, QUOTE, SPACE, DOT, ZERO, NINE] = [10, 13, 34, 32, 46, 48, 57];
/** What a column holds instead of a pixel. */
const [LABEL, NOTHING] = [-1, -2];

/** The file is no table of pictures: another one beside it may be. */
export class NoPixelRows extends DatasetError {}

/** Some rows of a CSV file of pictures. */
export interface PixelRows {
  readonly labels: readonly string[];
  /** Pixels of a picture. */
  readonly size: number;
  /** Grey values, row after row. */
  readonly pixels: Uint8Array;
}

/**
 * Reads rows `label,pixel,pixel…` of whole numbers 0 to 255, separated by commas, semicolons or tabs, with or without a
 * first row that names the columns (which may put the label last). Whatever the file's size, a few thousand rows are in
 * memory.
 *
 * @throws NoPixelRows where the file holds something else, DatasetError that names the first line which cannot be read
 */
export async function* readPixelRows(pieces: AsyncIterable<Buffer>, name: string): AsyncGenerator<PixelRows> {
  let layout: Layout | undefined;
  let labels: string[] = [];
  let pixels = new Uint8Array(0);
  for await (const { bytes, number } of linesOf(pieces, name)) {
    if (!layout) {
      layout = layoutOf(bytes.toString('utf8'), name);
      pixels = new Uint8Array(layout.size * BATCH);
      if (layout.hasHead) continue;
    }
    labels.push(
      readRow(bytes, layout, pixels.subarray(labels.length * layout.size), `${name} line ${String(number)}`),
    );
    if (labels.length < BATCH) continue;
    yield { labels, size: layout.size, pixels };
    labels = [];
    pixels = new Uint8Array(layout.size * BATCH);
  }
  if (layout && labels.length > 0) {
    yield { labels, size: layout.size, pixels: pixels.subarray(0, labels.length * layout.size) };
  }
}

interface Layout {
  readonly hasHead: boolean;
  /** The byte between columns. */
  readonly separator: number;
  /** For each column its place in the picture, or what it holds instead. */
  readonly columns: readonly number[];
  readonly size: number;
}

function layoutOf(line: string, name: string): Layout {
  const text = line.replace(/^\uFEFF/, '');
  const [separator = ','] = [',', ';', '\t'].sort((a, b) => text.split(b).length - text.split(a).length);
  const cells = text.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const hasHead = cells.slice(1).some((cell) => !/^\d+(\.0+)?$/.test(cell));
  // pandas makes names of a first row without any: 0, 0.1, 0.2 where it is 0, 0, 0
  const isNamed = hasHead && cells.some((cell) => !/^\d+(\.\d+)?$/.test(cell));
  const labelColumn = isNamed ? cells.findIndex((cell) => LABEL_COLUMN.test(cell)) : 0;
  if (labelColumn < 0) {
    throw new NoPixelRows(`${name} has no column "label": give the file whose rows are label,pixel,pixel….`);
  }
  let size = 0;
  const columns = cells.map((cell, column) => {
    if (column === labelColumn) return LABEL;
    return isNamed && NUMBER_COLUMN.test(cell) ? NOTHING : size++;
  });
  if (size < 4) throw new NoPixelRows(`${name} has no rows label,pixel,pixel…: check the file.`);
  return { hasHead, separator: separator.charCodeAt(0), columns, size };
}

/** Reads one row; its pixels are written to `pixels`. */
function readRow(bytes: Buffer, { separator, columns }: Layout, pixels: Uint8Array, where: string): string {
  let [column, value, start, digits, fraction] = [0, 0, 0, 0, false];
  let label = '';
  for (let at = 0; at <= bytes.length; at++) {
    const byte = at < bytes.length ? (bytes[at] ?? 0) : separator;
    const holds = columns[column] ?? NOTHING;
    if (byte === separator) {
      if (holds === LABEL) label = labelOf(bytes.toString('utf8', start, at));
      else if (holds !== NOTHING) {
        if (digits === 0 || value > 255) throw noPixel(bytes.toString('latin1', start, at), where);
        pixels[holds] = value;
      }
      column++;
      [value, start, digits, fraction] = [0, at + 1, 0, false];
    } else if (holds >= 0) {
      if (byte >= ZERO && byte <= NINE && !(fraction && byte > ZERO)) {
        // 7.0 is 7
        if (!fraction) value = Math.min(256, value * 10 + byte - ZERO);
        digits++;
      } else if (byte === DOT && digits > 0 && !fraction) fraction = true;
      else if (byte !== QUOTE && byte !== SPACE) throw noPixel(cellAt(bytes, start, separator), where);
    }
  }
  if (column !== columns.length) {
    throw new DatasetError(
      `${where} has ${String(column)} columns where the first has ${String(columns.length)}: fetch the file again.`,
    );
  }
  return label;
}

function labelOf(cell: string): string {
  return cell
    .replaceAll('"', '')
    .trim()
    .replace(/^(\d+)\.0+$/, '$1');
}

function cellAt(bytes: Buffer, start: number, separator: number): string {
  const end = bytes.indexOf(separator, start);
  return bytes.toString('latin1', start, end < 0 ? bytes.length : end);
}

function noPixel(cell: string, where: string): DatasetError {
  return new DatasetError(
    `${where} has the pixel "${cell.trim().slice(0, 20)}": write whole numbers from 0 to 255.`,
  );
}

/** The lines that are not empty, numbered from 1. */
async function* linesOf(
  pieces: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<{ bytes: Buffer; number: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  for await (const piece of pieces) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      number++;
      const line = trimmed(bytes.subarray(start, end));
      if (line.length > 0) yield { bytes: line, number };
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > LONGEST_LINE) throw new DatasetError(`${name} is not a CSV file: it has no lines.`);
  }
  const last = trimmed(rest);
  if (last.length > 0) yield { bytes: last, number: number + 1 };
}

function trimmed(line: Buffer): Buffer {
  return line.length > 0 && line[line.length - 1] === RETURN ? line.subarray(0, -1) : line;
}
