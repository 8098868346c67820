import { DatasetError } from '../errors';

const IMAGES_MAGIC = 0x0803;
const LABELS_MAGIC = 0x0801;
/** Larger sides than this are a damaged header, not handwriting. */
const LARGEST_SIDE = 1024;

export interface IdxImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
}

/** What the first bytes of an IDX file say of it. */
export interface IdxHeader {
  readonly count: number;
  /** Of each picture; 1 where the file holds labels. */
  readonly height: number;
  readonly width: number;
  /** Where the data begin, and how many bytes of it there are to be. */
  readonly dataStart: number;
  readonly dataBytes: number;
}

/** Bytes that are enough to read any header. */
export const IDX_HEADER_BYTES = 16;

/** How numbers are written in an IDX file, by the third byte of it (LeCun, MNIST). */
const TYPES = new Map<number, { bytes: number; read: (view: DataView, at: number) => number }>([
  [0x08, { bytes: 1, read: (view, at) => view.getUint8(at) }],
  [0x09, { bytes: 1, read: (view, at) => view.getInt8(at) }],
  [0x0b, { bytes: 2, read: (view, at) => view.getInt16(at) }],
  [0x0c, { bytes: 4, read: (view, at) => view.getInt32(at) }],
  [0x0d, { bytes: 4, read: (view, at) => view.getFloat32(at) }],
  [0x0e, { bytes: 8, read: (view, at) => view.getFloat64(at) }],
]);
const MOST_DIMENSIONS = 4;

/** What the first bytes of an IDX file of any numbers say of it. */
export interface IdxLayout {
  readonly dimensions: readonly number[];
  /** Of a number. */
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
  readonly isBytes: boolean;
  readonly dataStart: number;
}

/** Bytes that are enough to read any layout. */
export const IDX_LAYOUT_BYTES = 4 + 4 * MOST_DIMENSIONS;

/** The layout of an IDX file by how it begins; undefined where it is none. */
export function idxLayout(bytes: Buffer): IdxLayout | undefined {
  if (bytes.length < 8 || bytes.readUInt16BE(0) !== 0) return undefined;
  const type = TYPES.get(bytes[2] ?? 0);
  const count = bytes[3] ?? 0;
  const dataStart = 4 + 4 * count;
  if (!type || count === 0 || count > MOST_DIMENSIONS || bytes.length < dataStart) return undefined;
  const dimensions = Array.from({ length: count }, (_, index) => bytes.readUInt32BE(4 + 4 * index));
  return { dimensions, ...type, isBytes: bytes[2] === 0x08, dataStart };
}

/**
 * Reads a header of pictures: count, height and width, of one channel, or count and the pixels of a square.
 *
 * @throws DatasetError where it is none, or claims what cannot be
 */
export function readPictureHeader(bytes: Buffer, name: string): IdxHeader & { readonly layout: IdxLayout } {
  const layout = idxLayout(bytes);
  const [count = 0, ...shape] = layout?.dimensions ?? [];
  const [height = 0, width = 0] =
    shape.length === 1 ? squareOf(shape[0] ?? 0) : shape.filter(isNoChannel(shape));
  if (!layout || shape.length === 0)
    throw new DatasetError(`${name} is not an IDX file of images: fetch it again.`);
  if (count === 0) throw new DatasetError(`${name} claims to hold no images: fetch it again.`);
  const size = shape.reduce((product, side) => product * side, 1);
  if (
    height * width !== size ||
    height === 0 ||
    width === 0 ||
    height > LARGEST_SIDE ||
    width > LARGEST_SIDE
  ) {
    throw new DatasetError(`${name} claims images of ${shape.join('x')}: fetch it again.`);
  }
  const { dataStart } = layout;
  return { count, height, width, dataStart, dataBytes: count * size * layout.bytes, layout };
}

function squareOf(size: number): number[] {
  const side = Math.sqrt(size);
  return Number.isInteger(side) ? [side, side] : [1, size];
}

/** Of three dimensions the one that is 1, first or last, is that of gray. */
function isNoChannel(shape: readonly number[]): (side: number, at: number) => boolean {
  if (shape.length < 3) return () => true;
  const channel = shape[2] === 1 ? 2 : 0;
  return (_, at) => at !== channel;
}

/**
 * Reads a file of labels: a number each; several, of which the first is the class (QMNIST); or as many as there are
 * classes, of which one is 1.
 *
 * @throws DatasetError where it is none, or of another size than it says
 */
export function readIdxClasses(bytes: Buffer, name: string): Uint32Array {
  const layout = idxLayout(bytes);
  const [count = 0, columns = 1, ...more] = layout?.dimensions ?? [];
  if (!layout || more.length > 0)
    throw new DatasetError(`${name} is not an IDX file of labels: fetch it again.`);
  if (count === 0 || columns === 0)
    throw new DatasetError(`${name} claims to hold no labels: fetch it again.`);
  checkIdxLength(bytes.length - layout.dataStart, count * columns * layout.bytes, name);
  const view = new DataView(bytes.buffer, bytes.byteOffset + layout.dataStart);
  const at = (row: number, column: number) => layout.read(view, (row * columns + column) * layout.bytes);
  const oneHot = columns > 1 && isOneHot(at, count, columns);
  return Uint32Array.from({ length: count }, (_, row) => {
    const label = oneHot ? hotOf(at, row, columns) : at(row, 0);
    if (Number.isInteger(label) && label >= 0) return label;
    throw new DatasetError(
      `${name} has the label ${String(label)}, which is no number of a class: check it.`,
    );
  });
}

function isOneHot(at: (row: number, column: number) => number, count: number, columns: number): boolean {
  for (let row = 0; row < count; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const value = at(row, column);
      if (value !== 0 && value !== 1) return false;
      sum += value;
    }
    if (sum !== 1) return false;
  }
  return true;
}

function hotOf(at: (row: number, column: number) => number, row: number, columns: number): number {
  let column = 0;
  while (column < columns && at(row, column) !== 1) column++;
  return column;
}

/**
 * Reads an IDX file of images (LeCun, MNIST): magic 0x0803, count, height, width, then bytes.
 *
 * @param name of the file, for the error's sentence
 * @throws DatasetError where magic, size or counts are wrong
 */
export function readIdxImages(bytes: Buffer, name: string): IdxImages {
  const { count, height, width, dataStart, dataBytes } = readIdxHeader(bytes, 'images', name);
  checkIdxLength(bytes.length - dataStart, dataBytes, name);
  return { count, height, width, pixels: bytes.subarray(dataStart) };
}

/**
 * Reads an IDX file of labels: magic 0x0801, count, then a byte each.
 *
 * @param name of the file, for the error's sentence
 * @throws DatasetError where magic, size or counts are wrong
 */
export function readIdxLabels(bytes: Buffer, name: string): Uint8Array {
  const { dataStart, dataBytes } = readIdxHeader(bytes, 'labels', name);
  checkIdxLength(bytes.length - dataStart, dataBytes, name);
  return bytes.subarray(dataStart);
}

/**
 * Reads a header; of the rest of the file nothing is needed.
 *
 * @throws DatasetError where it is none, or claims what cannot be
 */
export function readIdxHeader(bytes: Buffer, what: 'images' | 'labels', name: string): IdxHeader {
  const images = what === 'images';
  const [count, height, width] = readSizes(
    bytes,
    images ? IMAGES_MAGIC : LABELS_MAGIC,
    images ? 3 : 1,
    name,
    what,
  );
  if (!images) return { count, height: 1, width: 1, dataStart: 8, dataBytes: count };
  if (height === 0 || width === 0 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
    throw new DatasetError(`${name} claims images of ${String(height)}x${String(width)}: fetch it again.`);
  }
  return { count, height, width, dataStart: 16, dataBytes: count * height * width };
}

function readSizes(bytes: Buffer, magic: number, dimensions: number, name: string, what: string) {
  if (bytes.length < 4 + 4 * dimensions || bytes.readUInt32BE(0) !== magic) {
    throw new DatasetError(`${name} is not an IDX file of ${what}: fetch it again.`);
  }
  const sizes = [0, 1, 2].map((index) => (index < dimensions ? bytes.readUInt32BE(4 + 4 * index) : 0));
  if (sizes[0] === 0) throw new DatasetError(`${name} claims to hold no ${what}: fetch it again.`);
  return sizes as [number, number, number];
}

/** @throws DatasetError where there are fewer or more bytes of data than the header says */
export function checkIdxLength(have: number, want: number, name: string): void {
  if (have === want) return;
  const state = have < want ? 'is truncated' : 'holds more than it says';
  throw new DatasetError(
    `${name} ${state} (${String(have)} bytes of data, ${String(want)} by its header): fetch it again.`,
  );
}

/** Turns stored images upright: EMNIST keeps each one transposed. */
export function transpose(images: IdxImages): IdxImages {
  const { count, height, width, pixels } = images;
  const upright = new Uint8Array(pixels.length);
  const size = height * width;
  for (let start = 0; start < count * size; start += size) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        upright[start + column * height + row] = pixels[start + row * width + column] ?? 0;
      }
    }
  }
  return { count, height: width, width: height, pixels: upright };
}
