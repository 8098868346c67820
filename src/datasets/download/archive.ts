import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import yauzl from 'yauzl';
import type { SharedArchive } from './catalog';
import { DatasetError } from '../errors';
import { Part } from './part';
import { listMembers } from './zipMembers';

/** Where an archive that is fetched whole lies. */
export function archiveOf(downloads: string, { mirrorFolder, name }: SharedArchive) {
  const file = path.join(downloads, `${mirrorFolder}-${name}`);
  return { file, lock: `${file}.lock`, part: new Part(file) };
}

/**
 * @param file the archive as it was downloaded
 * @throws DatasetError where it is not its publisher's, or no whole archive
 */
export async function checkArchive(file: string, { name, bytes, md5 }: SharedArchive): Promise<void> {
  if ((await stat(file)).size === bytes && (await md5Of(file)) !== md5) {
    throw new DatasetError(`${name} is not as its publisher's checksum says: fetch it again.`);
  }
  try {
    const zip = await yauzl.openPromise(file, { autoClose: false });
    try {
      await listMembers(zip, name);
    } finally {
      zip.close();
    }
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw new DatasetError(`${name} is no whole zip archive: fetch it again.`, { cause });
  }
}

async function md5Of(file: string): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
