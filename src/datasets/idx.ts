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

/**
 * Reads an IDX file of images (LeCun, MNIST): magic 0x0803, count, height, width, then bytes.
 *
 * @param name of the file, for the error's sentence
 * @throws DatasetError where magic, size or counts are wrong
 */
export function readIdxImages(bytes: Buffer, name: string): IdxImages {
  const [count, height, width] = readHeader(bytes, IMAGES_MAGIC, 3, name, 'images');
  if (height === 0 || width === 0 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
    throw new DatasetError(`${name} claims images of ${String(height)}x${String(width)}: fetch it again.`);
  }
  checkLength(bytes.length - 16, count * height * width, name);
  return { count, height, width, pixels: bytes.subarray(16) };
}

/**
 * Reads an IDX file of labels: magic 0x0801, count, then a byte each.
 *
 * @param name of the file, for the error's sentence
 * @throws DatasetError where magic, size or counts are wrong
 */
export function readIdxLabels(bytes: Buffer, name: string): Uint8Array {
  const [count] = readHeader(bytes, LABELS_MAGIC, 1, name, 'labels');
  checkLength(bytes.length - 8, count, name);
  return bytes.subarray(8);
}

function readHeader(bytes: Buffer, magic: number, dimensions: number, name: string, what: string) {
  if (bytes.length < 4 + 4 * dimensions || bytes.readUInt32BE(0) !== magic) {
    throw new DatasetError(`${name} is not an IDX file of ${what}: fetch it again.`);
  }
  const sizes = [0, 1, 2].map((index) => (index < dimensions ? bytes.readUInt32BE(4 + 4 * index) : 0));
  if (sizes[0] === 0) throw new DatasetError(`${name} claims to hold no ${what}: fetch it again.`);
  return sizes as [number, number, number];
}

function checkLength(have: number, want: number, name: string): void {
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
