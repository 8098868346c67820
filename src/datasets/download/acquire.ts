import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { downloadBytes, type CatalogEntry, type CatalogFile, type SharedArchive } from './catalog';
import { DatasetError, DiskFull } from '../errors';
import { verifyIdx } from '../formats/idxStream';
import { checkLabels } from './layout';
import { addressesOf, fromAnyAddress } from './addresses';
import { archiveOf, checkArchive } from './archive';
import type { SpaceNeeded } from './diskSpace';
import { fetchPart, GZIP_MAGIC, ZIP_MAGIC, type Wanted } from './httpFile';
import { withLock } from '../../storage/lock';
import { Part } from './part';
import { openRemoteZip, type RemoteZip } from './remoteZip';
import type { TransferSettings } from './settings';
import { TransferError } from './transferError';
import { findMember, isMember, listMembers, unpackMember, type ZipMember } from './zipMembers';
import { move } from '../../storage/move';

/** What a download is given. */
export interface Acquisition {
  readonly entry: CatalogEntry;
  /** Where its original files go. */
  readonly folder: string;
  /** Where unfinished ones lie. */
  readonly downloads: string;
  readonly mirrors: readonly string[];
  readonly settings: TransferSettings;
  readonly signal: AbortSignal | undefined;
  /** Told how many bytes are there of how many. */
  readonly onBytes: (done: number, total: number) => void;
  readonly onWaiting: () => void;
  /** Whether some of it is here. */
  readonly hasBegun: () => Promise<boolean>;
  /** Told when no address can be reached, and that is waited for. */
  readonly onOffline: () => void;
  /** @throws DiskFull where the disk has no room for it */
  readonly checkSpace: (needed: SpaceNeeded) => Promise<void>;
}

/**
 * Brings the original files of a dataset into its folder, each of them whole and checked. What is there already, of
 * whole files as of unfinished ones, is not fetched again.
 *
 * @throws DatasetError where no address serves; the signal's reason when it is aborted
 */
export async function acquireFiles(work: Acquisition): Promise<void> {
  await mkdir(work.folder, { recursive: true });
  await mkdir(work.downloads, { recursive: true });
  const { source } = work.entry;
  if (source.kind === 'files') await acquireSingleFiles(work);
  else await acquireFromArchive(work, source);
}

/** The unfinished download of one file. */
export function partOf(downloads: string, entry: CatalogEntry, name: string): Part {
  return new Part(path.join(downloads, name.startsWith(entry.id) ? name : `${entry.id}-${name}`));
}

async function acquireSingleFiles(work: Acquisition): Promise<void> {
  const { entry, folder, mirrors } = work;
  await work.checkSpace({ files: downloadBytes(entry) });
  let done = 0;
  let total = downloadBytes(entry);
  for (const file of entry.files) {
    const target = path.join(folder, file.name);
    if (!(await isGood(target, file, entry))) {
      const addresses = addressesOf(entry, file.name, mirrors);
      await fromAnyAddress({ ...work, name: entry.name }, addresses, (address) =>
        acquireFile(work, file, address, target, (bytes, length) => {
          work.onBytes(done + bytes, total - file.bytes + (length ?? file.bytes));
        }),
      );
    }
    const { size } = await stat(target);
    done += size;
    total += size - file.bytes;
    work.onBytes(done, total);
  }
}

async function isGood(target: string, file: CatalogFile, entry: CatalogEntry): Promise<boolean> {
  if (!existsSync(target)) return false;
  try {
    await verifyFile(target, file, entry);
    return true;
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    return false;
  }
}

async function verifyFile(location: string, file: CatalogFile, { side }: CatalogEntry): Promise<void> {
  if (file.holds !== 'mapping')
    await verifyIdx(location, { holds: file.holds, side, sha256: file.sha256 }, file.name);
}

async function acquireFile(
  work: Acquisition,
  file: CatalogFile,
  address: string,
  target: string,
  onBytes: (done: number, total: number | undefined) => void,
): Promise<void> {
  const part = partOf(work.downloads, work.entry, file.name);
  await fetchChecked({ address, identity: address, magic: GZIP_MAGIC }, part, work, onBytes, async () => {
    await verifyFile(part.file, file, work.entry);
    await move(part.file, target);
  });
}

/** Fetches a part and checks it; what was kept of an earlier try and turns out wrong is fetched anew once. */
async function fetchChecked(
  wanted: Wanted,
  part: Part,
  { settings, signal }: Acquisition,
  onBytes: (done: number, total: number | undefined) => void,
  accept: () => Promise<void>,
): Promise<void> {
  for (let resumed = (await part.size()) > 0; ; resumed = false) {
    await fetchPart(wanted, part, { settings, signal }, onBytes);
    try {
      await accept();
      await part.discard();
      return;
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      await part.discard();
      if (!resumed) throw error;
    }
  }
}

async function acquireFromArchive(work: Acquisition, source: SharedArchive): Promise<void> {
  const { entry, mirrors } = work;
  if (await takeFromKept(work, archiveOf(work.downloads, source).file)) return;
  const addresses = addressesOf(entry, source.name, mirrors);
  await fromAnyAddress({ ...work, name: entry.name }, addresses, async (address) => {
    for (let changes = 0; ; changes++) {
      try {
        await acquireFromAddress(work, source, address);
        return;
      } catch (error) {
        const again = error instanceof TransferError && error.remedy === 'changed' && changes < 2;
        if (!again) throw error;
      }
    }
  });
}

async function acquireFromAddress(work: Acquisition, source: SharedArchive, address: string): Promise<void> {
  const { settings, signal } = work;
  const zip = await openRemoteZip(address, { settings, signal });
  if (zip) {
    await acquireMembers(work, zip, address);
  } else {
    await acquireArchive(work, source, address);
    if (!(await unpackKept(work, archiveOf(work.downloads, source).file))) {
      throw new DatasetError(`The archive of ${work.entry.name} is gone: try again.`);
    }
  }
}

async function acquireMembers(work: Acquisition, zip: RemoteZip, address: string): Promise<void> {
  const { entry, folder } = work;
  const location = `the archive at ${new URL(address).host}`;
  const members = entry.files.map((file) => ({ file, member: findMember(zip.members, file.name, location) }));
  const total = members.reduce((sum, { member }) => sum + member.packedSize, 0);
  await work.checkSpace({
    files: sizeOf(members.map(({ member }) => member)),
    part: Math.max(...members.map(({ member }) => member.packedSize)),
  });
  let done = 0;
  for (const { file, member } of members) {
    const target = path.join(folder, file.name);
    if (!(await isMember(target, member))) {
      const before = done;
      await acquireMember(work, zip, address, file, member, (bytes) => {
        work.onBytes(before + bytes, total);
      });
    }
    done += member.packedSize;
    work.onBytes(done, total);
  }
  await acceptLabels(work);
}

async function acquireMember(
  work: Acquisition,
  zip: RemoteZip,
  address: string,
  file: CatalogFile,
  member: ZipMember,
  onBytes: (done: number) => void,
): Promise<void> {
  const part = partOf(work.downloads, work.entry, file.name);
  const wanted: Wanted = {
    address,
    // whatever address it comes from: the same member has the same bytes
    identity: `crc32 ${member.crc32.toString(16)}, ${String(member.packedSize)} bytes`,
    span: {
      start: await zip.dataStart(member),
      length: member.packedSize,
      validator: zip.validator,
    },
  };
  await fetchChecked(wanted, part, work, onBytes, () =>
    unpackChecked(work, file, member, createReadStream(part.file)),
  );
}

/** Unpacks a member and names it only when its content is what it must be. */
async function unpackChecked(
  { entry, folder, signal }: Acquisition,
  file: CatalogFile,
  member: ZipMember,
  packed: Readable,
): Promise<void> {
  const target = path.join(folder, file.name);
  const unchecked = `${target}.unchecked`;
  try {
    await unpackMember(packed, member, unchecked, signal);
    await verifyFile(unchecked, file, entry);
    await move(unchecked, target);
  } finally {
    await rm(unchecked, { force: true });
  }
}

/** Files whose labels have no class are of no use: none of them is kept. */
async function acceptLabels({ entry, folder }: Acquisition): Promise<void> {
  try {
    await checkLabels(entry, folder);
  } catch (error) {
    if (error instanceof DatasetError) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    throw error;
  }
}

/** Fetches the whole archive, once for all the datasets in it, where the server gives no parts of it. */
async function acquireArchive(work: Acquisition, source: SharedArchive, address: string): Promise<void> {
  const { file, lock, part } = archiveOf(work.downloads, source);
  await withLock(lock, { signal: work.signal, onWaiting: work.onWaiting }, async () => {
    if (existsSync(file)) return;
    const tell = (done: number, total: number | undefined) => {
      work.onBytes(done, total ?? source.bytes);
    };
    const archive = Math.max(0, source.bytes - (await part.size()));
    await work.checkSpace({ files: downloadBytes(work.entry), archive });
    await fetchChecked({ address, identity: address, magic: ZIP_MAGIC }, part, work, tell, async () => {
      await checkArchive(part.file, source);
      await move(part.file, file);
    });
  });
}

/** Takes the files out of an archive that was kept; whether there was one, and it holds them. */
async function takeFromKept(work: Acquisition, archive: string): Promise<boolean> {
  try {
    return await unpackKept(work, archive);
  } catch (error) {
    // it is gone now, and what it should have held is fetched anew
    if (error instanceof DatasetError && !(error instanceof DiskFull)) return false;
    throw error;
  }
}

/**
 * Takes the files out of an archive that was fetched whole, if there is one.
 *
 * @returns whether there was
 * @throws DatasetError where it does not hold them; it is not kept then, unless there is only no room for them
 */
async function unpackKept(work: Acquisition, archive: string): Promise<boolean> {
  if (!existsSync(archive)) return false;
  const { entry, folder } = work;
  try {
    const zip = await yauzl.openPromise(archive, { autoClose: false });
    try {
      const listed = await listMembers(zip, 'the archive');
      const members = entry.files.map((file) => ({
        file,
        member: findMember(listed, file.name, 'the archive'),
      }));
      await work.checkSpace({ files: sizeOf(members.map(({ member }) => member)) });
      for (const { file, member } of members) {
        if (await isMember(path.join(folder, file.name), member)) continue;
        const packed = await zip.openReadStreamPromise(member.entry, { decodeFileData: false });
        await unpackChecked(work, file, member, packed);
      }
    } finally {
      zip.close();
    }
    await acceptLabels(work);
    return true;
  } catch (error) {
    work.signal?.throwIfAborted();
    if (isSystemError(error) || error instanceof DiskFull) throw error;
    await rm(archive, { force: true });
    if (error instanceof DatasetError) throw error;
    throw new DatasetError(`The archive of ${entry.name} is damaged: download it again.`, { cause: error });
  }
}

function sizeOf(members: readonly ZipMember[]): number {
  return members.reduce((sum, { size }) => sum + size, 0);
}

/** Whether the disk failed rather than what lies on it. */
function isSystemError(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall !== undefined;
}
