import { createReadStream, createWriteStream } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Headers } from 'tar-stream';
import { formatBytes } from '../base/words';
import { DatasetError, DiskFull } from './errors';
import { TemporaryFolder } from '../storage/temporaryFolder';

/** What no archive of data unpacks to: this many times what it takes, and as much besides. */
const MOST_TIMES = 200;
const MOST_BESIDES = 2 ** 30;
/** Of the free space of the disk so much may be taken. */
const SHARE_OF_DISK = 0.5;
const MOST_FILES = 2_000_000;

/** The files of a tar archive, unpacked one behind the other into one file. */
export interface TarFiles {
  readonly names: readonly string[];
  /** @throws DatasetError where there is none of the name */
  open(name: string): Readable;
  close(): void;
}

/** Where a file lies among those of an archive. */
interface Place {
  readonly start: number;
  readonly size: number;
}

/**
 * Unpacks a tar archive, which has no list of what is in it.
 *
 * @param pieces its bytes, unpacked where it is gzip or bzip2
 * @throws DatasetError where it is damaged, or unpacks to more than any data does, or than the disk has room for
 */
export async function unpackTar(location: string, pieces: AsyncIterable<Buffer>): Promise<TarFiles> {
  const folder = new TemporaryFolder();
  const file = path.join(folder.path, 'files');
  const places = new Map<string, Place>();
  try {
    const most = await mostBytes(location, folder.path);
    await pipeline(contents(location, pieces, places, most), createWriteStream(file));
  } catch (cause) {
    folder.dispose();
    if (cause instanceof DatasetError) throw cause;
    throw new DatasetError(`${location} is a damaged tar archive: fetch it again.`, { cause });
  }
  return {
    names: [...places.keys()].sort(),
    open: (name) => {
      const place = places.get(name);
      if (!place) throw new DatasetError(`${location} has no ${name}: fetch it again.`);
      const { start, size } = place;
      return size === 0 ? Readable.from([]) : createReadStream(file, { start, end: start + size - 1 });
    },
    close: () => {
      folder.dispose();
    },
  };
}

async function mostBytes(location: string, folder: string): Promise<number> {
  const [{ size }, { bavail, bsize }] = [await stat(location), await statfs(folder)];
  return Math.min(size * MOST_TIMES + MOST_BESIDES, bavail * bsize * SHARE_OF_DISK);
}

/** The contents of all files, one behind the other; where each is goes into `places`. */
async function* contents(
  location: string,
  pieces: AsyncIterable<Buffer>,
  places: Map<string, Place>,
  most: number,
): AsyncGenerator<Buffer> {
  const tar = extract();
  const reading = pipeline(Readable.from(pieces), tar);
  // whoever iterates is told
  reading.catch(() => undefined);
  let start = 0;
  for await (const entry of tar) {
    const { name, type, size = 0 } = entry.header;
    if (isFile(type)) {
      if (places.size >= MOST_FILES || start + size > most) throw tooMuch(location, most);
      places.set(nameOf(name, location), { start, size });
      for await (const piece of entry) {
        start += piece.length;
        yield piece;
      }
    } else entry.resume();
  }
  await reading;
}

function isFile(type: Headers['type']): boolean {
  return type === 'file' || type === 'contiguous-file' || type === undefined || type === null;
}

/** @throws DatasetError where the name leads out of the archive */
function nameOf(written: string, location: string): string {
  const name = path.posix.normalize(written.replaceAll('\\', '/'));
  if (name.startsWith('/') || name.split('/').includes('..')) {
    throw new DatasetError(`${location} has a file whose name leads out of it: do not use this archive.`);
  }
  return name;
}

function tooMuch(location: string, most: number): DatasetError {
  return new DiskFull(
    `${location} unpacks to more than ${formatBytes(most)}, which is too much for this disk: unpack what you need of it.`,
  );
}
