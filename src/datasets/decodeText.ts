import { isUtf8 } from 'node:buffer';
import { DatasetError } from './errors';

/** More text than this takes many times its size in memory once it is read. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * The text of a file: UTF-8, or UTF-16 where its mark stands first, as Excel and Windows' editors write it.
 *
 * @param name of the file, for messages
 * @param most bytes that it may have
 * @throws DatasetError where it has more
 */
export function decodeText(bytes: Buffer, name: string, most = MOST_BYTES): string {
  checkSize(bytes, name, most);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/**
 * The text of a file in a format that is older than Unicode: UTF-8 where it is that, else Latin-1.
 *
 * @param name of the file, for messages
 * @param most bytes that it may have
 * @throws DatasetError where it has more
 */
export function decodeOldText(bytes: Buffer, name: string, most: number): string {
  checkSize(bytes, name, most);
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1');
}

function checkSize(bytes: Buffer, name: string, most: number): void {
  if (bytes.length <= most) return;
  const limit = String(Math.round(most / 2 ** 20));
  throw new DatasetError(`${name} holds more than ${limit} MiB of text: split it into several files.`);
}
