import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import yauzl from 'yauzl';
import { ModelError } from '../errors';
import { MOST_FILE_BYTES } from './bounds';

const MOST_ENTRIES = 2000;

/** The files of a zip archive in memory, by their names; what they unpack to is known to be within bounds. */
export interface Zip {
  readonly names: readonly string[];
  /** @param most bytes that it may unpack to */
  readonly read: (name: string, most?: number) => Promise<Buffer>;
}

/**
 * Opens a zip archive.
 *
 * @param file names it in messages
 * @throws ModelError where it is damaged, unpacks to more than any model, or names a file outside of itself
 */
export async function openZip(bytes: Buffer, file: string): Promise<Zip> {
  const entries = new Map<string, yauzl.Entry>();
  const damaged = (cause: unknown) => new ModelError(`${file} is damaged: save the model again.`, { cause });
  const zip = await yauzl.fromBufferPromise(bytes, { autoClose: false }).catch((cause: unknown) => {
    throw damaged(cause);
  });
  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/') || entry.fileName.startsWith('__MACOSX/')) continue;
      unpacked += entry.uncompressedSize;
      if (unpacked > MOST_FILE_BYTES || entries.size >= MOST_ENTRIES) {
        throw new ModelError(
          `${file} unpacks to more than ${MOST_FILE_BYTES / 2 ** 20} MiB: take a smaller model.`,
        );
      }
      entries.set(entry.fileName, entry);
    }
  } catch (cause) {
    throw cause instanceof ModelError ? cause : damaged(cause);
  }
  return {
    names: [...entries.keys()],
    read: async (name, most = MOST_FILE_BYTES) => {
      const entry = entries.get(name);
      if (!entry) throw new ModelError(`${file} has no ${name}: save the model again.`);
      if (entry.uncompressedSize > most)
        throw new ModelError(`${name} in ${file} is too large: save the model again.`);
      try {
        // one piece of memory, for what it unpacks to is known
        const bytes = Buffer.alloc(entry.uncompressedSize);
        let at = 0;
        for await (const chunk of await zip.openReadStreamPromise(entry))
          at += (chunk as Buffer).copy(bytes, at);
        return bytes;
      } catch (cause) {
        throw damaged(cause);
      }
    },
  };
}

/** Writes all files of an archive below a folder that is there. */
export async function unpackZip({ names, read }: Zip, folder: string): Promise<void> {
  for (const name of names) {
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, await read(name));
  }
}
