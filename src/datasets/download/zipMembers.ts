import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import yauzl from 'yauzl';
import { DatasetError } from '../errors';
import { move } from '../../storage/move';

/** More entries than this are no dataset's archive that Scrawl knows. */
const MOST_ENTRIES = 10_000;
/** No member may be larger when unpacked: EMNIST ByClass, the largest, takes about 200 MB in its archive. */
const LARGEST_MEMBER = 2 ** 30;

/** One file in a zip archive, as the archive's directory says. */
export interface ZipMember {
  /** Without folders. */
  readonly name: string;
  readonly crc32: number;
  readonly packedSize: number;
  readonly size: number;
  readonly deflated: boolean;
  readonly entry: yauzl.Entry;
}

/**
 * The files of an archive by their names without folders.
 *
 * @param location names the archive in messages
 * @throws DatasetError where it is damaged, or names a place outside of itself
 */
export async function listMembers(zip: yauzl.ZipFile, location: string): Promise<Map<string, ZipMember>> {
  if (zip.entryCount > MOST_ENTRIES) {
    throw new DatasetError(`${location} claims ${String(zip.entryCount)} files: do not use it.`);
  }
  const members = new Map<string, ZipMember>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      const name = path.posix.basename(entry.fileName);
      members.set(name, {
        name,
        crc32: entry.crc32,
        packedSize: entry.compressedSize,
        size: entry.uncompressedSize,
        deflated: entry.compressionMethod === 8,
        entry,
      });
    }
  } catch (cause) {
    const hostile = /^(?:invalid characters in fileName|absolute path|invalid relative path): (.*)$/s.exec(
      (cause as Error).message,
    );
    if (!hostile) throw cause;
    throw new DatasetError(
      `${location} names a file outside of itself (${hostile[1] ?? ''}): do not use it.`,
      { cause },
    );
  }
  return members;
}

/**
 * A member that is to be unpacked.
 *
 * @throws DatasetError where it is missing, larger than any dataset's file, or packed in a way that Scrawl cannot read
 */
export function findMember(
  members: ReadonlyMap<string, ZipMember>,
  name: string,
  location: string,
): ZipMember {
  const member = members.get(name);
  if (!member) throw new DatasetError(`${location} has no ${name}: give another address.`);
  if (member.size > LARGEST_MEMBER || member.packedSize > LARGEST_MEMBER) {
    throw new DatasetError(
      `${name} claims to unpack to more than 1 GiB, which no dataset's file does: do not use ${location}.`,
    );
  }
  if (member.packedSize === 0)
    throw new DatasetError(`${location} has an empty ${name}: give another address.`);
  if (member.entry.isEncrypted() || ![0, 8].includes(member.entry.compressionMethod)) {
    throw new DatasetError(`${name} is packed in a way that Scrawl cannot read: give another address.`);
  }
  return member;
}

/**
 * Unpacks a member's bytes into a file, which is whole and as its checksum says, or absent.
 *
 * @param packed the bytes as they lie in the archive
 * @throws DatasetError where size or CRC-32 differ from the archive's directory
 */
export async function unpackMember(
  packed: Readable,
  member: ZipMember,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  const temporary = `${target}.new`;
  try {
    const check = (chunks: AsyncIterable<Buffer>) => checked(chunks, member);
    const options = signal ? { signal } : {};
    const output = createWriteStream(temporary, { flush: true });
    if (member.deflated) await pipeline(packed, createInflateRaw(), check, output, options);
    else await pipeline(packed, check, output, options);
  } catch (cause) {
    await rm(temporary, { force: true });
    signal?.throwIfAborted();
    if (cause instanceof DatasetError || !isDataError(cause)) throw cause;
    throw new DatasetError(`${member.name} is damaged in its archive: give another address.`, { cause });
  }
  await move(temporary, target);
}

async function* checked(chunks: AsyncIterable<Buffer>, member: ZipMember) {
  let size = 0;
  let checksum = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > member.size) {
      throw new DatasetError(
        `${member.name} unpacks to more than its archive says: do not use this archive.`,
      );
    }
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (size !== member.size || checksum !== member.crc32) {
    throw new DatasetError(`${member.name} is not as its archive's checksum says: fetch it again.`);
  }
}

/** Whether a file is what a member unpacks to. */
export async function isMember(file: string, member: ZipMember): Promise<boolean> {
  let size = 0;
  let checksum = 0;
  try {
    for await (const chunk of createReadStream(file)) {
      size += (chunk as Buffer).length;
      checksum = crc32(chunk as Buffer, checksum);
    }
  } catch {
    return false;
  }
  return size === member.size && checksum === member.crc32;
}

function isDataError(error: unknown): boolean {
  return ((error as NodeJS.ErrnoException).code ?? '').startsWith('Z_');
}
