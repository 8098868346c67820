import { DatasetError } from '../errors';

/** Rows that are in memory at a time. */
const BATCH = 1024;
/** A line of more bytes is no row of pixels. */
const LONGEST_LINE = 8 * 2 ** 20;
const LABEL_COLUMN = /^"?(label|class|character|target|y)"?$/i;
const [NEWLINE, RETURN, COMMA, QUOTE, SPACE, ZERO, NINE] = [10, 13, 44, 34, 32, 48, 57];

/** Some rows of a CSV file of pictures. */
export interface PixelRows {
  readonly labels: readonly string[];
  /** Pixels of a picture. */
  readonly size: number;
  /** Grey values, row after row. */
  readonly pixels: Uint8Array;
}

/**
 * Reads rows `label,pixel,pixel…` of whole numbers 0 to 255, with or without a first row that names the columns (which
 * may put the label last). Whatever the file's size, a few thousand rows are in memory.
 *
 * @throws DatasetError that names the first line which is none of this
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
  readonly columns: number;
  readonly labelColumn: number;
  readonly size: number;
}

function layoutOf(line: string, name: string): Layout {
  const cells = line
    .replace(/^\uFEFF/, '')
    .split(',')
    .map((cell) => cell.trim());
  const hasHead = cells.slice(1).some((cell) => !/^"?\d+(\.\d+)?"?$/.test(cell));
  const labelColumn = hasHead ? cells.findIndex((cell) => LABEL_COLUMN.test(cell)) : 0;
  const size = cells.length - 1;
  if (labelColumn < 0) {
    throw new DatasetError(`${name} has no column "label": give the file whose rows are label,pixel,pixel….`);
  }
  if (size < 4) throw new DatasetError(`${name} has no rows label,pixel,pixel…: check the file.`);
  return { hasHead, columns: cells.length, labelColumn, size };
}

/** Reads one row; its pixels are written to `pixels`. */
function readRow(
  bytes: Buffer,
  { columns, labelColumn, size }: Layout,
  pixels: Uint8Array,
  where: string,
): string {
  let [column, value, start, digits] = [0, 0, 0, 0];
  let label = '';
  for (let at = 0; at <= bytes.length; at++) {
    const byte = at < bytes.length ? (bytes[at] ?? 0) : COMMA;
    if (byte === COMMA) {
      if (column === labelColumn) label = bytes.toString('utf8', start, at).replaceAll('"', '').trim();
      else {
        if (digits === 0 || value > 255) throw noPixel(bytes.toString('latin1', start, at), where);
        const pixel = column < labelColumn ? column : column - 1;
        if (pixel < size) pixels[pixel] = value;
      }
      column++;
      [value, start, digits] = [0, at + 1, 0];
    } else if (column !== labelColumn) {
      if (byte >= ZERO && byte <= NINE) {
        value = Math.min(256, value * 10 + byte - ZERO);
        digits++;
      } else if (byte !== QUOTE && byte !== SPACE) throw noPixel(cellAt(bytes, start), where);
    }
  }
  if (column !== columns) {
    throw new DatasetError(
      `${where} has ${String(column)} columns where the first has ${String(columns)}: fetch the file again.`,
    );
  }
  return label;
}

function cellAt(bytes: Buffer, start: number): string {
  const end = bytes.indexOf(COMMA, start);
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
