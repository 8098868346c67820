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
  if (bytes.length > most) {
    const limit = String(Math.round(most / 2 ** 20));
    throw new DatasetError(`${name} holds more than ${limit} MiB of text: split it into several files.`);
  }
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}
