import path from 'node:path';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { groupBy } from '../../base/groupBy';

/** `5/5` or `1-4/5`: what stands behind the hash of a path to pictures. */
const FORM = /^(\d{1,4})(?:-(\d{1,4}))?\/(\d{1,4})$/;

/** Whether a part is of this form. */
export function isEveryNth(part: string): boolean {
  return FORM.test(part);
}

/**
 * A share of the files of each folder, in the order of their names: `5/5` are the fifth of every five, `1-4/5` the
 * others, so that what is learned from and what is measured on can be named apart.
 *
 * @throws DatasetError where the part names no share
 */
export function everyNth(files: FileSource, part: string): FileSource {
  const [, first = '', last = first, of = ''] = FORM.exec(part) ?? [];
  const [from, to, every] = [Number(first), Number(last), Number(of)];
  if (!(from >= 1 && from <= to && to <= every)) {
    throw new DatasetError(`"${part}" is no share of the files: write #5/5 or #1-4/5, say.`);
  }
  const folders = groupBy([...files.names].sort(), (name) => path.posix.dirname(name));
  const names = [...folders.values()].flatMap((folder) =>
    folder.filter((_, index) => (index % every) + 1 >= from && (index % every) + 1 <= to),
  );
  return { ...files, names };
}
