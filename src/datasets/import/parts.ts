import path from 'node:path';
import { EMNIST_SPLITS } from '../formats/emnist';
import { ARCHIVE, type FileSource } from '../files';
import { groupBy } from '../../base/groupBy';
import { findTables } from './csv';
import { findIdxPairs, setFolder } from './idxFolder';
import { headOf } from './head';
import { findInk } from './inkFiles';
import { isPicture } from './labelPictures';

/** One of the datasets that a folder or archive holds. */
export interface Part {
  /** What tells it from the others, where there are any: `ink`, `emnist-byclass`. */
  readonly name: string;
  /** The files of the whole, without those of the other parts. */
  readonly files: FileSource;
  /** What stood behind the hash of the path. */
  readonly hash?: string | undefined;
}

/** A row of more values than this is a picture, not a file's name and its label. */
const LABEL_COLUMNS = 10;
/** How Chars74K's JSON begins; other JSON beside the data is about them. */
const CHARS74K_START = /^\s*\{\s*"[^"]*"\s*:\s*\[\s*\[\s*\[/;

/**
 * The datasets that lie side by side in a folder or archive: its pictures, its tables, each set of IDX files, and its
 * ink. Most hold one.
 *
 * @throws DatasetError where an IDX file of images lies there without its labels
 */
export async function partsOf(files: FileSource): Promise<Part[]> {
  const pictures = files.names.filter(isPicture);
  const idx = await idxSets(files);
  const tables = await tablesOf(files, pictures.length > 0);
  const ink = await inkOf(files, pictures.length + idx.size + tables.length > 0);
  const kinds: [string, string[]][] = [['pictures', pictures], ['tables', tables], ...idx, ['ink', ink]];
  const there = kinds.filter(([, names]) => names.length > 0);
  if (there.length < 2) return [{ name: '', files }];
  return there.map(([name, own], at) => {
    const others = new Set(there.filter(([other]) => other !== name).flatMap(([, names]) => names));
    for (const each of own) others.delete(each);
    const names = files.names.filter((each) => !others.has(each));
    // said once
    return { name, files: { ...files, names, problems: at === 0 ? files.problems : [] } };
  });
}

/** The IDX files by what each set is called: one of EMNIST's splits, or the folder that it lies in. */
async function idxSets(files: FileSource): Promise<Map<string, string[]>> {
  const sets = groupBy(await findIdxPairs(files), ({ name }) => setOf(name));
  return new Map([...sets].map(([name, pairs]) => [name, pairs.flatMap((pair) => [pair.name, pair.labels])]));
}

function setOf(name: string): string {
  const split = EMNIST_SPLITS.find((each) => name.includes(`emnist-${each}-`));
  if (split !== undefined) return `emnist-${split}`;
  const folder = path.posix.basename(setFolder(name)).replace(ARCHIVE, '');
  return folder === '.' || folder === '' ? 'idx' : folder;
}

/** Tables of pixels; beside pictures a narrow one only says what they show. */
async function tablesOf(files: FileSource, besidePictures: boolean): Promise<string[]> {
  const tables = await findTables(files);
  if (!besidePictures) return tables;
  return filterByHead(files, tables, (head) => {
    const [row = ''] = head.split('\n');
    return row.split(/[,;\t]/).length > LABEL_COLUMNS;
  });
}

async function inkOf(files: FileSource, besideOthers: boolean): Promise<string[]> {
  const found = await findInk(files);
  const names = [...found.keys()];
  if (!besideOthers) return names;
  const json = names.filter((name) => found.get(name) === 'chars74k');
  const lines = names.filter((name) => found.get(name) === 'jsonl');
  const drawn = new Set([
    ...(await filterByHead(files, json, (head) => CHARS74K_START.test(head))),
    // of what lies beside, lines without lists say what that is
    ...(await filterByHead(files, lines, (head) => head.split('\n', 1)[0]?.includes('[') === true)),
  ]);
  return names.filter((name) => !/^(chars74k|jsonl)$/.test(found.get(name) ?? '') || drawn.has(name));
}

async function filterByHead(files: FileSource, names: readonly string[], suits: (head: string) => boolean) {
  const heads = await Promise.all(names.map((name) => headOf(files, name)));
  return names.filter((_, at) => suits(heads[at]?.toString('latin1') ?? ''));
}

/** The files of one part of several, by a word of their names. */
export function only(files: FileSource, word: string): FileSource {
  const names = files.names.filter((name) =>
    path.posix.basename(name).toLowerCase().includes(word.toLowerCase()),
  );
  return { ...files, names };
}
