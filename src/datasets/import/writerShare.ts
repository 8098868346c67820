import { DatasetError } from '../errors';

/** `writers5/5` or `writers1-4/5`: what stands behind the hash of a path to ink whose writers are known. */
const FORM = /^writers(\d{1,4})(?:-(\d{1,4}))?\/(\d{1,4})$/;

/** Whether a part is of this form. */
export function isWriterShare(part: string): boolean {
  return FORM.test(part);
}

/**
 * A share of the writers, so that who is learned from and who is measured on can be named apart: `writers5/5` is about a
 * fifth of them, `writers1-4/5` are the others. Whoever is unknown may be anybody, and is of the first share.
 *
 * @returns whether a writer is of the share
 * @throws DatasetError where the part names no share
 */
export function writerShare(part: string): (writer: string) => boolean {
  const [, first = '', last = first, of = ''] = FORM.exec(part) ?? [];
  const [from, to, every] = [Number(first), Number(last), Number(of)];
  if (!(from >= 1 && from <= to && to <= every)) {
    throw new DatasetError(`"${part}" is no share of the writers: write #writers5/5 or #writers1-4/5, say.`);
  }
  return (writer) => {
    const share = shareOf(writer, every);
    return share >= from && share <= to;
  };
}

function shareOf(writer: string, of: number): number {
  if (/unknown/i.test(writer)) return 1;
  let hash = 0;
  for (const character of writer) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return hash % of || of;
}
