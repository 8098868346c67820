import { createReadStream, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import { PassThrough, pipeline, type Readable, type TransformCallback } from 'node:stream';
import { createGunzip } from 'node:zlib';
import yauzl from 'yauzl';
import bunzip2 from 'unbzip2-stream';
import { formatBytes } from '../base/words';
import { UserError } from '../base/userError';
import { asUserError } from '../storage/fileSystemError';
import { DatasetError } from './errors';
import { unpackTar } from './tarFiles';

/** No single file of a dataset may be larger when unpacked: EMNIST ByClass, the largest known, takes 547 MB. */
const LARGEST_FILE = 2 ** 30;

/** What nothing that people pack unpacks to: this many times what it takes, and as much besides. */
const MOST_TIMES = 200;
const MOST_BESIDES = 32 * 2 ** 20;

const GZIP = Buffer.from([0x1f, 0x8b]);
/** `BZh`, a digit, and the number that stands before each block. */
const BZIP2 = /^BZh[1-9]1AY&SY/;
/** Where a tar archive says what it is. */
const TAR_MAGIC = { at: 257, text: 'ustar' };

/** Names of archives that are opened as folders are. */
export const ARCHIVE = /\.(zip|tar|tgz|tbz2?|tar\.(gz|bz2))$/i;

/** Files that can be listed and read by name: a folder, or an archive. */
export interface FileSource {
  readonly location: string;
  /** Names with `/` between folders. */
  readonly names: readonly string[];
  /** What lies there and cannot be read, a phrase for each. */
  readonly problems: readonly string[];
  /**
   * Reads a file whole, unpacked where it is gzip or bzip2.
   *
   * @param most bytes that it may have, unpacked
   * @throws DatasetError where it is missing, damaged or larger than a dataset's file can be
   */
  read(name: string, most?: number): Promise<Buffer>;
  /**
   * Reads a file piece by piece, unpacked where it is gzip or bzip2, for those that are larger than memory should
   * hold. Iterating throws a DatasetError where the file is missing or damaged.
   */
  stream(name: string): AsyncIterable<Buffer>;
  /** Bytes that a file takes in the archive, where that is known. */
  packedBytes?(name: string): number | undefined;
  close(): void;
}

/**
 * Opens a folder or an archive: zip, or tar, which may be packed as gzip or bzip2.
 *
 * @throws DatasetError where there is neither at the path
 */
export async function openFiles(location: string): Promise<FileSource> {
  const found = await stat(location).catch(() => undefined);
  if (!found) throw new DatasetError(`There is nothing at ${location}: check the path.`);
  if (found.isDirectory()) return openFolder(location);
  return (await archiveKind(location)) === 'tar' ? openTar(location) : openZip(location);
}

/**
 * What kind of archive a file is, by how it begins.
 *
 * @throws DatasetError where it is empty, or cannot be read
 */
export async function archiveKind(location: string): Promise<'zip' | 'tar' | undefined> {
  let start: Buffer = Buffer.alloc(0);
  for await (const piece of singleFile(location).stream(location)) {
    start = Buffer.concat([start, piece.subarray(0, 512)]);
    if (start.length >= 512) break;
  }
  if (start.length === 0) throw new DatasetError(`${location} is empty: fetch it again.`);
  if (start.toString('latin1', 0, 4) === 'PK\x03\x04') return 'zip';
  const isTar =
    start.toString('latin1', TAR_MAGIC.at, TAR_MAGIC.at + TAR_MAGIC.text.length) === TAR_MAGIC.text;
  return isTar || /\.tar$/i.test(location) ? 'tar' : undefined;
}

/** One file from the disk, by its own path. */
export function singleFile(location: string): FileSource {
  return {
    location,
    names: [location],
    problems: [],
    read: (name, most) => readWhole(name, most),
    stream: (name) => pieces(() => createReadStream(name), name),
    close: () => undefined,
  };
}

async function openFolder(location: string): Promise<FileSource> {
  const { names, problems } = await namesBelow(location);
  return {
    location,
    names: names.sort(),
    problems,
    read: (name, most) => collect(() => createReadStream(path.join(location, name)), name, most),
    stream: (name) => pieces(() => createReadStream(path.join(location, name)), name),
    close: () => undefined,
  };
}

/** The files in a folder and those below it, links to files among them; links to folders might lead in a circle. */
async function namesBelow(location: string): Promise<{ names: string[]; problems: string[] }> {
  const names: string[] = [];
  const problems: string[] = [];
  const folders = [''];
  for (const folder of folders) {
    let entries: Dirent[] = [];
    try {
      entries = await readdir(path.join(location, folder), { withFileTypes: true });
    } catch (cause) {
      const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
      if (folder === '') {
        throw new DatasetError(`${location} cannot be read (${why}): see who may read it.`, { cause });
      }
      problems.push(`the folder "${folder}", which cannot be read (${why})`);
    }
    for (const entry of entries) {
      const name = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) folders.push(name);
      else if (entry.isFile()) names.push(name);
      else if (entry.isSymbolicLink()) {
        const target = await stat(path.join(location, name)).catch(() => undefined);
        if (target?.isFile()) names.push(name);
        else if (!target) problems.push(`"${name}", a link to what is not there`);
        else if (target.isDirectory()) problems.push(`"${name}", a link to another folder`);
      }
    }
  }
  return { names, problems };
}

/** Reads ranges of a file; yauzl's own reader fails where a stream is left before its end. */
class RangeReader extends yauzl.RandomAccessReader {
  constructor(private readonly location: string) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.location, { start, end: end - 1 });
  }
}

async function openZip(location: string): Promise<FileSource> {
  const { size } = await stat(location);
  const reader = new RangeReader(location);
  const opened = yauzl.fromRandomAccessReaderPromise(reader, size, { autoClose: false });
  const zip = await opened.catch((cause: unknown) => {
    throw new DatasetError(`${location} is neither a folder nor a whole zip archive: fetch it again.`, {
      cause,
    });
  });
  const entries = new Map<string, yauzl.Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
    }
  } catch (cause) {
    throw damagedZip(location, cause);
  }
  const openEntry = (name: string): Promise<Readable> => {
    const entry = entries.get(name);
    if (!entry) throw new DatasetError(`${location} has no ${name}: fetch it again.`);
    const { uncompressedSize, compressedSize } = entry;
    if (uncompressedSize > MOST_BESIDES + MOST_TIMES * compressedSize) throw growsTooMuch(name);
    return zip.openReadStreamPromise(entry);
  };
  return {
    location,
    names: [...entries.keys()].sort(),
    problems: [],
    read: (name, most = LARGEST_FILE) => {
      if ((entries.get(name)?.uncompressedSize ?? 0) > most) return Promise.reject(tooLarge(name, most));
      return collect(() => openEntry(name), name, most);
    },
    stream: (name) => pieces(() => openEntry(name), name),
    packedBytes: (name) => entries.get(name)?.compressedSize,
    close: () => {
      zip.close();
    },
  };
}

async function openTar(location: string): Promise<FileSource> {
  const tar = await unpackTar(location, singleFile(location).stream(location));
  return {
    location,
    names: tar.names,
    problems: [],
    read: (name, most) => collect(() => tar.open(name), name, most),
    stream: (name) => pieces(() => tar.open(name), name),
    close: () => {
      tar.close();
    },
  };
}

/** Reads one file from the disk whole, unpacked where it is gzip or bzip2. */
export function readWhole(location: string, most?: number): Promise<Buffer> {
  return collect(() => createReadStream(location), location, most);
}

type Opener = () => Readable | Promise<Readable>;

async function collect(open: Opener, name: string, most = LARGEST_FILE): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of pieces(open, name)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) throw tooLarge(name, most);
  }
  return Buffer.concat(chunks, length);
}

/** What a stream gives, unpacked where it is gzip or bzip2: browsers unpack what they fetch and leave the name as it was. */
async function* pieces(open: Opener, name: string): AsyncGenerator<Buffer, void, undefined> {
  let stream: Readable | undefined;
  try {
    stream = await open();
    // whoever reads is told, however early or late it fails
    stream.on('error', () => undefined);
    const head = await headOf(stream);
    const packed = new Counter();
    const unpacked = unpack(stream, head, packed);
    let length = 0;
    for await (const chunk of unpacked) {
      length += (chunk as Buffer).length;
      if (unpacked !== stream && length > MOST_BESIDES + MOST_TIMES * packed.bytes) throw growsTooMuch(name);
      yield chunk as Buffer;
    }
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    const told = asUserError(cause, name);
    if (told instanceof UserError) throw new DatasetError(told.message, { cause });
    throw new DatasetError(`${name} is truncated or damaged: fetch it again.`, { cause });
  } finally {
    stream?.destroy();
  }
}

/** Passes bytes on, and counts them. */
class Counter extends PassThrough {
  bytes = 0;

  override _transform(chunk: Buffer, encoding: BufferEncoding, callback: TransformCallback): void {
    this.bytes += chunk.length;
    super._transform(chunk, encoding, callback);
  }
}

function unpack(stream: Readable, head: Buffer, counter: Counter): Readable {
  if (head.subarray(0, GZIP.length).equals(GZIP))
    return pipeline(stream, counter, createGunzip(), () => undefined);
  if (BZIP2.test(head.toString('latin1', 0, 10)))
    return pipeline(stream, counter, bunzip2(), new PassThrough(), () => undefined);
  return stream;
}

/** The first bytes of a stream, which stay in it. */
async function headOf(stream: Readable): Promise<Buffer> {
  await once(stream, 'readable');
  const head = stream.read() as Buffer | null;
  if (head === null) return Buffer.alloc(0);
  stream.unshift(head);
  return head;
}

/** Names like `../a` and `/a`, which yauzl refuses, are made to write outside the folder that they are unpacked to. */
function damagedZip(location: string, cause: unknown): DatasetError {
  const hostile = cause instanceof Error && /^(invalid relative path|absolute path)/.test(cause.message);
  const sentence = hostile
    ? `${location} has a file whose name leads out of it: do not use this archive.`
    : `${location} is a damaged zip archive: fetch it again.`;
  return new DatasetError(sentence, { cause });
}

function growsTooMuch(name: string): DatasetError {
  return new DatasetError(
    `${name} unpacks to more than ${String(MOST_TIMES)} times what it takes, which no data does: do not use it.`,
  );
}

function tooLarge(name: string, most: number): DatasetError {
  return new DatasetError(
    `${name} unpacks to more than ${formatBytes(most)}, which no dataset's file does: do not use it.`,
  );
}
