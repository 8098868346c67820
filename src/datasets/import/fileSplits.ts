import { DatasetError } from '../errors';
import type { Split } from '../../base/split';

/** A file of a dataset, whose name may say of which split it is. */
export interface NamedSplit {
  readonly name: string;
}

/** The split that a file's name says, `all` where it says none. */
export function splitOfName(name: string): Split {
  const base = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
  if (base.includes('train')) return 'train';
  if (/valid|(^|[-_.])val([-_.]|$)/.test(base)) return 'validation';
  return /test|t10k/.test(base) ? 'test' : 'all';
}

const SPLIT_FOLDERS = new Map<string, Split>([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
]);

/** The split that a folder is called after; undefined where it is called otherwise. */
export function splitOfFolder(folder: string): Split | undefined {
  return SPLIT_FOLDERS.get(folder.toLowerCase());
}

/** The split that the folders of a file name. */
export function splitOfFolders(name: string): Split | undefined {
  return name
    .split('/')
    .slice(0, -1)
    .map(splitOfFolder)
    .find((split) => split !== undefined);
}

/**
 * Sorts files into splits. One file alone is all there is, whatever its name says but for a test or train file, which
 * stay what they are.
 *
 * @throws DatasetError where two files are of one split
 */
export function indexSplits<T extends NamedSplit>(files: readonly T[], location: string) {
  const bySplit = new Map<Split, T>();
  for (const file of files) {
    const said = splitOfName(file.name);
    const split = said === 'all' ? (splitOfFolders(file.name) ?? said) : said;
    const other = bySplit.get(split);
    if (other) {
      throw new DatasetError(
        `${location} has ${other.name} and ${file.name}, which do not say that they are train and test: import one of them.`,
      );
    }
    bySplit.set(split, file);
  }
  const whole = bySplit.get('all');
  if (whole && bySplit.size > 1) {
    throw new DatasetError(`${location} has ${whole.name} beside its splits: import one or the other.`);
  }
  const official = [...bySplit.keys()].filter((split): split is Exclude<Split, 'all'> => split !== 'all');
  return { bySplit, official };
}
