import { createReadStream, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import yauzl from 'yauzl';
import { DatasetError } from './errors';

/** No single file of a dataset may be larger when unpacked: EMNIST ByClass, the largest known, takes 547 MB. */
const LARGEST_FILE = 2 ** 30;

const GZIP = Buffer.from([0x1f, 0x8b]);

/** Files that can be listed and read by name: a folder, or a zip archive. */
export interface FileSource {
  readonly location: string;
  /** Names with `/` between folders. */
  readonly names: readonly string[];
  /** What lies there and cannot be read, a phrase for each. */
  readonly problems: readonly string[];
  /**
   * Reads a file whole, unpacked where it is gzip.
   *
   * @throws DatasetError where it is missing, damaged or larger than a dataset's file can be
   */
  read(name: string): Promise<Buffer>;
  /**
   * Reads a file piece by piece, unpacked where it is gzip, for those that are larger than memory should
   * hold. Iterating throws a DatasetError where the file is missing or damaged.
   */
  stream(name: string): AsyncIterable<Buffer>;
  close(): void;
}

/**
 * Opens a folder or a zip archive.
 *
 * @throws DatasetError where there is neither at the path
 */
export async function openFiles(location: string): Promise<FileSource> {
  const found = await stat(location).catch(() => undefined);
  if (!found) throw new DatasetError(`There is nothing at ${location}: check the path.`);
  return found.isDirectory() ? openFolder(location) : openZip(location);
}

/** One file from the disk, by its own path. */
export function singleFile(location: string): FileSource {
  return {
    location,
    names: [location],
    problems: [],
    read: readWhole,
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
    read: (name) => collect(() => createReadStream(path.join(location, name)), name),
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
    return zip.openReadStreamPromise(entry);
  };
  return {
    location,
    names: [...entries.keys()].sort(),
    problems: [],
    read: (name) => {
      if ((entries.get(name)?.uncompressedSize ?? 0) > LARGEST_FILE) return Promise.reject(tooLarge(name));
      return collect(() => openEntry(name), name);
    },
    stream: (name) => pieces(() => openEntry(name), name),
    close: () => {
      zip.close();
    },
  };
}

/** Reads one file from the disk whole, unpacked where it is gzip. */
export function readWhole(location: string): Promise<Buffer> {
  return collect(() => createReadStream(location), location);
}

type Opener = () => Readable | Promise<Readable>;

async function collect(open: Opener, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of pieces(open, name)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LARGEST_FILE) throw tooLarge(name);
  }
  return Buffer.concat(chunks, length);
}

/** What a stream gives, unpacked where it is gzip: browsers unpack what they fetch and leave the name as it was. */
async function* pieces(open: Opener, name: string): AsyncGenerator<Buffer, void, undefined> {
  let stream: Readable | undefined;
  try {
    stream = await open();
    // whoever reads is told, however early or late it fails
    stream.on('error', () => undefined);
    const packed = await beginsWith(stream, GZIP);
    const unpacked = packed ? pipeline(stream, createGunzip(), () => undefined) : stream;
    for await (const chunk of unpacked) yield chunk as Buffer;
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw new DatasetError(`${name} is missing, truncated or damaged: fetch it again.`, { cause });
  } finally {
    stream?.destroy();
  }
}

/** Looks at the first bytes of a stream, which stay in it. */
async function beginsWith(stream: Readable, start: Buffer): Promise<boolean> {
  await once(stream, 'readable');
  const head = stream.read() as Buffer | null;
  if (head === null) return false;
  stream.unshift(head);
  return head.subarray(0, start.length).equals(start);
}

/** Names like `../a` and `/a`, which yauzl refuses, are made to write outside the folder that they are unpacked to. */
function damagedZip(location: string, cause: unknown): DatasetError {
  const hostile = cause instanceof Error && /^(invalid relative path|absolute path)/.test(cause.message);
  const sentence = hostile
    ? `${location} has a file whose name leads out of it: do not use this archive.`
    : `${location} is a damaged zip archive: fetch it again.`;
  return new DatasetError(sentence, { cause });
}

function tooLarge(name: string): DatasetError {
  return new DatasetError(`${name} unpacks to more than 1 GiB, which no dataset's file does: do not use it.`);
}
