import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import path from 'node:path';
import { DatasetError } from '../errors';
import { ARCHIVE, archiveKind, openFiles, singleFile, type FileSource } from '../files';
import { TemporaryFolder } from '../../storage/temporaryFolder';
import { isTable } from './csv';
import { isHidden } from './hidden';

/** A path as people give it: behind a hash stands the part that is meant, unless the hash is the name's own. */
export async function splitPart(location: string): Promise<{ path: string; part: string | undefined }> {
  const hash = location.lastIndexOf('#');
  if (hash <= 0 || (await stat(location).catch(() => undefined))) return { path: location, part: undefined };
  return { path: location.slice(0, hash), part: location.slice(hash + 1) };
}

/** Archives in archives that are opened. */
const DEEPEST = 3;
/** Larger than this no archive in another is. */
const LARGEST_INNER = 4 * 2 ** 30;

/**
 * Opens a folder or an archive, with what the archives in it hold, or one file, with the mapping that may lie beside it.
 *
 * @throws DatasetError where there is nothing, or an archive is damaged
 */
export async function openLocation(location: string): Promise<FileSource> {
  const found = await stat(location).catch(() => undefined);
  if (!found) throw new DatasetError(`There is nothing at ${location}: check the path.`);
  if (found.isDirectory()) {
    const inside = (name: string) => openFiles(path.join(location, name));
    return withInner(await openFiles(location), inside, DEEPEST);
  }
  if ((await archiveKind(location)) !== undefined || ARCHIVE.test(location)) {
    return openArchive(location, DEEPEST);
  }
  if (!isTable(location)) return singleFile(location);
  const beside = location.replace(/([-_](train|test)[^/\\]*)?\.[a-z]+(\.gz)?$/i, '-mapping.txt');
  const mapping = (await stat(beside).catch(() => undefined)) ? [beside] : [];
  return { ...singleFile(location), names: [location, ...mapping] };
}

async function openArchive(location: string, depth: number): Promise<FileSource> {
  const archive = await openFiles(location);
  return withInner(archive, (name) => openInner(archive, name, depth - 1), depth);
}

/** Opens an archive that lies in another, from a copy of it. */
async function openInner(archive: FileSource, name: string, depth: number): Promise<FileSource> {
  const folder = new TemporaryFolder();
  try {
    const copy = path.join(folder.path, path.posix.basename(name));
    await pipeline(bounded(archive.stream(name), name), createWriteStream(copy));
    const inner = await openArchive(copy, depth);
    const close = () => {
      inner.close();
      folder.dispose();
    };
    return { ...inner, close };
  } catch (error) {
    folder.dispose();
    if (!(error instanceof DatasetError)) throw error;
    throw new DatasetError(error.message.replaceAll(`${folder.path}${path.sep}`, ''), { cause: error });
  }
}

async function* bounded(pieces: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > LARGEST_INNER) {
      throw new DatasetError(`${name} is an archive of more than 4 GiB in another: unpack it first.`);
    }
    yield piece;
  }
}

/**
 * Files among which each archive is a folder too: `ink.zip/a.inkml`. Archives whose files lie unpacked beside them are
 * passed over; a damaged one is a problem of the whole.
 */
async function withInner(
  files: FileSource,
  open: (name: string) => Promise<FileSource>,
  depth: number,
): Promise<FileSource> {
  const isArchive = (name: string) => ARCHIVE.test(name) && !isHidden(name);
  const plain = new Set(files.names.filter((name) => !isArchive(name)));
  if (plain.size === files.names.length) return files;
  const archives = new Map<string, FileSource>();
  const problems = [...files.problems];
  for (const name of files.names.filter(isArchive)) {
    if (depth === 0) {
      problems.push(`${name}, an archive in others: unpack it`);
      continue;
    }
    try {
      const archive = await open(name);
      if (isUnpacked(name, archive.names, plain)) archive.close();
      else archives.set(name, archive);
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      problems.push(error.message.replace(`${files.location}${path.sep}`, ''));
    }
  }
  const inside = new Map<string, [FileSource, string]>();
  for (const [archive, source] of archives) {
    for (const name of source.names) inside.set(`${archive}/${name}`, [source, name]);
    for (const problem of source.problems) problems.push(`${archive}: ${problem}`);
  }
  const find = (name: string): [FileSource, string] => inside.get(name) ?? [files, name];
  return {
    location: files.location,
    names: [...plain, ...inside.keys()].sort(),
    problems,
    read: (name, most) => {
      const [source, own] = find(name);
      return source.read(own, most);
    },
    stream: (name) => {
      const [source, own] = find(name);
      return source.stream(own);
    },
    packedBytes: (name) => {
      const [source, own] = find(name);
      return source.packedBytes?.(own);
    },
    close: () => {
      for (const each of [files, ...archives.values()]) each.close();
    },
  };
}

/** Whether all that an archive holds lies in its folder too, or in one of its name. */
function isUnpacked(archive: string, members: readonly string[], plain: ReadonlySet<string>): boolean {
  const own = members.filter((name) => !isHidden(name));
  const folder = path.posix.dirname(archive);
  const stem = path.posix.basename(archive).replace(ARCHIVE, '');
  return [folder, path.posix.join(folder, stem)].some((each) =>
    own.every((name) => plain.has(path.posix.join(each, name))),
  );
}
