import { createHash } from 'node:crypto';
import type * as z from 'zod';

/** Eight letters and the header's length. */
const PREAMBLE = 12;
const MOST_HEADER_BYTES = 4 * 2 ** 20;

/** What every header has besides its own. */
interface Checked {
  /** SHA-256 of all behind the header. */
  readonly checksum: string;
}

/**
 * The bytes of a file of numbers: eight letters that say what it is, the header's length (32 bits), the header (JSON,
 * filled up with spaces to four bytes), then the numbers, least byte first.
 *
 * @param magic eight letters
 */
export function writeArraysFile(magic: string, header: object, arrays: readonly Buffer[]): Buffer {
  const body = Buffer.concat(arrays);
  const text = Buffer.from(JSON.stringify({ ...header, checksum: sha256(body) }));
  const preamble = magic.length + 4;
  const padded = Buffer.alloc(Math.ceil((preamble + text.length) / 4) * 4 - preamble, ' ');
  text.copy(padded);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(padded.length);
  return Buffer.concat([Buffer.from(magic), length, padded, body]);
}

/**
 * Reads the header of such a file, of which at least the header is given.
 *
 * @returns the header, and the bytes before the numbers
 * @throws Error where it is another file, or the header is not whole
 */
export function readArraysHeader<T extends Checked>(
  magic: string,
  schema: z.ZodType<T>,
  file: Buffer,
): { header: T; bytes: number } {
  const preamble = magic.length + 4;
  if (file.length < preamble || file.toString('latin1', 0, magic.length) !== magic) {
    throw new Error(`does not begin with ${magic}`);
  }
  const length = file.readUInt32LE(magic.length);
  if (length > MOST_HEADER_BYTES || preamble + length > file.length) throw new Error('no whole header');
  const header = schema.parse(JSON.parse(file.toString('utf8', preamble, preamble + length)));
  return { header, bytes: preamble + length };
}

/** Bytes of such a file up to the end of its header, as its start says; 0 of what is too short to say so. */
export function headerEnd(start: Buffer): number {
  return start.length < PREAMBLE ? 0 : PREAMBLE + start.readUInt32LE(PREAMBLE - 4);
}

/**
 * Reads what `writeArraysFile` wrote.
 *
 * @param bytesFor what the numbers take by the header
 * @returns the numbers in memory of their own
 * @throws Error where the file is truncated, or not what its header says
 */
export function readArraysFile<T extends Checked>(
  magic: string,
  schema: z.ZodType<T>,
  file: Buffer,
  bytesFor: (header: T) => number,
): { header: T; body: ArrayBuffer } {
  const { header, bytes } = readArraysHeader(magic, schema, file);
  const numbers = file.subarray(bytes);
  if (numbers.length !== bytesFor(header)) throw new Error('of another length');
  if (sha256(numbers) !== header.checksum) throw new Error('of another checksum');
  // a copy, which begins where numbers of any width may
  const body = new ArrayBuffer(numbers.length);
  new Uint8Array(body).set(numbers);
  return { header, body };
}

export function bytesOf({
  buffer,
  byteOffset,
  byteLength,
}: Uint16Array | Uint32Array | Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
