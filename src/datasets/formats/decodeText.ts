import { isUtf8 } from 'node:buffer';
import { DatasetError } from '../errors';

/** More text than this takes many times its size in memory once it is read. */
const MOST_BYTES = 256 * 2 ** 20;
const WESTERN = 'windows-1252';

/**
 * The text of a file: UTF-8; UTF-16 with its mark first or without, as Excel and Windows' editors write it; else what
 * these write in the West where they do not write Unicode (Windows-1252).
 *
 * @param name of the file, for messages
 * @param most bytes that it may have
 * @throws DatasetError where it has more, or looks like none of these
 */
export function decodeText(bytes: Buffer, name: string, most = MOST_BYTES): string {
  checkSize(bytes, name, most);
  const encoding = encodingOf(bytes);
  if (encoding === WESTERN && !isWestern(bytes))
    throw new DatasetError(`${name} is in an encoding that is not Unicode: save it as UTF-8.`);
  return new TextDecoder(encoding).decode(bytes);
}

/** The text of a file's start, which may be anything. */
export function decodeHead(bytes: Buffer): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/**
 * Whether text that is not Unicode can be of the West: there most letters beyond ASCII stand alone, and few of its bytes
 * are signs. In Russian they stand together, in Japanese and Chinese in pairs.
 */
function isWestern(bytes: Buffer): boolean {
  const decoded = new TextDecoder(WESTERN).decode(bytes);
  if (/[\u0081\u008d\u008f\u0090\u009d]/.test(decoded)) return false;
  const runs = decoded.match(/[^\0-\x7f]+/g) ?? [];
  return 2 * runs.filter((run) => run.length > 1).length <= runs.length;
}

/**
 * The text of an XML file, in the encoding that it declares.
 *
 * @throws DatasetError where it is too long, or of an encoding that is not known
 */
export function decodeXml(bytes: Buffer, name: string): string {
  const start = bytes.toString('latin1', 0, LONGEST_DECLARATION);
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
  // where the declaration can be read byte by byte, it is not UTF-16 whatever it says
  if (declared === undefined || /^(utf-?(8|16)|ucs-?2|iso-10646)/i.test(declared))
    return decodeText(bytes, name);
  checkSize(bytes, name, MOST_BYTES);
  try {
    return new TextDecoder(declared).decode(bytes);
  } catch (cause) {
    throw new DatasetError(`${name} is in the encoding "${declared}": save it as UTF-8.`, { cause });
  }
}

/** Bytes in which an XML declaration stands. */
const LONGEST_DECLARATION = 200;

function encodingOf(bytes: Buffer): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : WESTERN;
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
