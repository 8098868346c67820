import { DatasetError } from './errors';

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
