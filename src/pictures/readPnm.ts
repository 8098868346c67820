import { tooManyPixels } from './readBmp';

/** `P1` to `P6`, width, height and (but for bits) the largest value, with comments behind `#` between them. */
const HEADER =
  /^P([1-6])(?:\s|#[^\n]*\n)+(\d{1,9})(?:\s|#[^\n]*\n)+(\d{1,9})(?:(?:\s|#[^\n]*\n)+(\d{1,5}))?\s/;
const LONGEST_HEADER = 1000;

/** Gray values or red, green and blue of each pixel, row by row from the top. */
export interface PlainPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/** Whether a file begins as pictures of netpbm do: PBM, PGM and PPM. */
export function isPnm(bytes: Buffer): boolean {
  return HEADER.test(bytes.toString('latin1', 0, LONGEST_HEADER));
}

/**
 * Reads a picture of netpbm, in text or in bytes, of up to 16 bits.
 *
 * @param mostPixels a picture of more is refused before it is unpacked
 * @throws PictureError where it has too many pixels, Error where it is damaged
 */
export function readPnm(bytes: Buffer, mostPixels: number, name: string): PlainPicture {
  const [header = '', kind = '', columns = '', rows = '', most] =
    HEADER.exec(bytes.toString('latin1', 0, LONGEST_HEADER)) ?? [];
  const isBits = kind === '1' || kind === '4';
  // of bits the third number is a pixel
  const start = isBits && most !== undefined ? header.lastIndexOf(most) : header.length;
  const [width, height, largest] = [Number(columns), Number(rows), isBits ? 1 : Number(most ?? 0)];
  if (width * height > mostPixels) throw tooManyPixels(name, mostPixels);
  if (width === 0 || height === 0 || largest === 0) throw new Error('the header is damaged');
  const channels = kind === '3' || kind === '6' ? 3 : 1;
  const count = width * height * channels;
  const body = bytes.subarray(start);
  const values =
    Number(kind) < 4 ? inText(body, count, isBits) : inBytes(body, width, height, channels, largest, isBits);
  const data = Uint8Array.from(values, (value) => Math.round((255 * value) / largest));
  // of bits 1 is black
  if (isBits) data.forEach((value, at) => (data[at] = 255 - value));
  return { width, height, channels, data };
}

function inText(body: Buffer, count: number, isBits: boolean): Float32Array {
  const text = body.toString('latin1').replace(/#[^\n]*/g, ' ');
  const values = new Float32Array(count);
  let at = 0;
  // bits need no blank between them
  for (const [digits] of text.matchAll(isBits ? /[01]/g : /\d+/g)) {
    if (at >= count) break;
    values[at++] = Number(digits);
  }
  if (at < count) throw new Error('there are too few pixels');
  return values;
}

function inBytes(
  body: Buffer,
  width: number,
  height: number,
  channels: number,
  largest: number,
  isBits: boolean,
): Float32Array {
  const rowBytes = isBits ? Math.ceil(width / 8) : width * channels * (largest > 255 ? 2 : 1);
  if (body.length < rowBytes * height) throw new Error('there are too few pixels');
  const across = width * channels;
  return Float32Array.from({ length: across * height }, (_, index) => {
    const [row, column] = [Math.floor(index / across), index % across];
    const start = row * rowBytes;
    if (isBits) return ((body[start + (column >> 3)] ?? 0) >> (7 - (column & 7))) & 1;
    return largest > 255 ? body.readUInt16BE(start + 2 * column) : (body[start + column] ?? 0);
  });
}
