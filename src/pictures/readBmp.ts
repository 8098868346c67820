import { decode } from 'bmp-ts';
import { PictureError } from './errors';

const FILE_HEADER_BYTES = 14;
/** Where width and height stand in the second header, for all but the one of OS/2. */
const WIDTH_AT = 18;
const HEIGHT_AT = 22;
const COLORS_AT = 46;
const MOST_COLORS = 256;

/** Red, green, blue and alpha of each pixel, row by row from the top. */
export interface ColorPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

/** Whether a file begins as Windows bitmaps do. */
export function isBmp(bytes: Buffer): boolean {
  return bytes.length > COLORS_AT + 4 && bytes.toString('latin1', 0, 2) === 'BM';
}

/**
 * Reads a Windows bitmap of 1 to 32 bits a pixel.
 *
 * @param mostPixels a picture of more is refused before it is unpacked
 * @throws PictureError where it has too many pixels, Error where it is damaged
 */
export function readBmp(bytes: Buffer, mostPixels: number, name: string): ColorPicture {
  const width = bytes.readInt32LE(WIDTH_AT);
  const height = Math.abs(bytes.readInt32LE(HEIGHT_AT));
  if (width * height > mostPixels) throw tooManyPixels(name, mostPixels);
  if (width <= 0 || height === 0 || bytes.readUInt32LE(COLORS_AT) > MOST_COLORS) {
    throw new Error('the header is damaged');
  }
  const start = bytes.readUInt32LE(10);
  if (start < FILE_HEADER_BYTES || start >= bytes.length) throw new Error('there are no pixels');
  const { data } = decode(bytes, { toRGBA: true });
  makeOpaque(data);
  return { width, height, data };
}

/** Bitmaps mostly leave the fourth byte of a pixel at 0 and mean no transparency by it. */
function makeOpaque(data: Buffer): void {
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] !== 0) return;
  for (let alpha = 3; alpha < data.length; alpha += 4) data[alpha] = 255;
}

export function tooManyPixels(name: string, most: number): PictureError {
  return new PictureError(
    `${name} has over ${String(most / 1e6)} million pixels: shrink it, a character needs no more than 128x128.`,
  );
}
