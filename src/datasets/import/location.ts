import { stat } from 'node:fs/promises';
import path from 'node:path';
import { DatasetError } from '../errors';
import { openFiles, singleFile, type FileSource } from '../files';
import { isCsv } from './csv';
import { isHidden } from './hidden';

const ZIP = /\.zip$/i;

/** A path as people give it: behind a hash stands the part that is meant, unless the hash is the name's own. */
export async function splitPart(location: string): Promise<{ path: string; part: string | undefined }> {
  const hash = location.lastIndexOf('#');
  if (hash <= 0 || (await stat(location).catch(() => undefined))) return { path: location, part: undefined };
  return { path: location.slice(0, hash), part: location.slice(hash + 1) };
}

/**
 * Opens a folder, with what the archives in it hold, an archive, or one file, with the mapping that may lie beside it.
 *
 * @throws DatasetError where there is nothing, or an archive is damaged
 */
export async function openLocation(location: string): Promise<FileSource> {
  const found = await stat(location).catch(() => undefined);
  if (!found) throw new DatasetError(`There is nothing at ${location}: check the path.`);
  if (found.isDirectory()) return openFolder(location);
  if ((await isZip(location)) || ZIP.test(location)) return openFiles(location);
  if (!isCsv(location)) return singleFile(location);
  const beside = location.replace(/([-_](train|test)[^/\\]*)?\.csv(\.gz)?$/i, '-mapping.txt');
  const mapping = (await stat(beside).catch(() => undefined)) ? [beside] : [];
  return { ...singleFile(location), names: [location, ...mapping] };
}

async function isZip(location: string): Promise<boolean> {
  for await (const piece of singleFile(location).stream(location))
    return piece.toString('latin1', 0, 4) === 'PK\x03\x04';
  throw new DatasetError(`${location} is empty: fetch it again.`);
}

/**
 * A folder in which each zip archive is a folder too: `ink.zip/a.inkml`. Archives in archives are left alone, and those
 * whose files lie unpacked beside them are passed over; a damaged one is a problem of the folder.
 */
async function openFolder(location: string): Promise<FileSource> {
  const folder = await openFiles(location);
  const plain = new Set(folder.names.filter((name) => !ZIP.test(name)));
  const archives = new Map<string, FileSource>();
  const problems = [...folder.problems];
  const close = () => {
    for (const each of [folder, ...archives.values()]) each.close();
  };
  for (const name of folder.names.filter((each) => ZIP.test(each) && !isHidden(each))) {
    try {
      const archive = await openFiles(`${location}/${name}`);
      if (isUnpacked(name, archive.names, plain)) archive.close();
      else archives.set(name, archive);
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      problems.push(error.message.replace(`${location}/`, ''));
    }
  }
  if (archives.size === 0) return { ...folder, names: [...plain], problems };
  const inside = [...archives].flatMap(([archive, { names }]) => names.map((name) => `${archive}/${name}`));
  const find = (name: string): [FileSource, string] => {
    const archive = [...archives.keys()].find((each) => name.startsWith(`${each}/`));
    const source = archive === undefined ? undefined : archives.get(archive);
    return archive === undefined || !source ? [folder, name] : [source, name.slice(archive.length + 1)];
  };
  return {
    location,
    names: [...plain, ...inside].sort(),
    problems,
    read: (name) => {
      const [source, own] = find(name);
      return source.read(own);
    },
    stream: (name) => {
      const [source, own] = find(name);
      return source.stream(own);
    },
    close,
  };
}

/** Whether all that an archive holds lies in its folder too, or in one of its name. */
function isUnpacked(archive: string, members: readonly string[], plain: ReadonlySet<string>): boolean {
  const own = members.filter((name) => !isHidden(name));
  const { dir, name: stem } = path.posix.parse(archive);
  return [dir, path.posix.join(dir, stem)].some((folder) =>
    own.every((name) => plain.has(path.posix.join(folder, name))),
  );
}
