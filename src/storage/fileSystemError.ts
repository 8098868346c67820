import path from 'node:path';
import { UserError } from '../base/userError';

/** Characters of a name that a sentence gives. */
const SHOWN = 40;

type Sentence = (place: string | undefined) => string;

const full: Sentence = (place) => `${diskOf(place)} is full: free some space.`;
const notAllowed: Sentence = (place = 'a file') =>
  `Scrawl may not use ${place}: change its permissions, or choose another place.`;
const tooManyOpen: Sentence = () => 'Too many files are open: close other programs, then try again.';

/** What to tell the user, by the system's code. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  ENOSPC: full,
  EDQUOT: full,
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: (place) => `${diskOf(place)} cannot be written to: choose another place.`,
  ENAMETOOLONG: (place) => `The name${quoted(place)} is too long: choose a shorter one.`,
  EMFILE: tooManyOpen,
  ENFILE: tooManyOpen,
  ENOENT: (place = 'a path') => `There is nothing at ${place}: check where it is.`,
  ENOTDIR: (place = 'a path') => `A part of ${place} is a file, not a folder: choose another place.`,
  EISDIR: (place = 'A path') => `${place} is a folder, not a file: choose a file.`,
  EEXIST: (place = 'A file') => `${place} is there already: choose another name.`,
  EBUSY: (place = 'a file') => `Another program uses ${place}: close it, then try again.`,
  EIO: (place) => `${diskOf(place)} fails: check it.`,
};

/**
 * A failure of the file system as a sentence that says what to do next; every other error as it is.
 *
 * @param place what the user knows of, where the system names a file that they do not
 */
export function asUserError(error: unknown, place?: string): unknown {
  if (!isOfFiles(error)) return error;
  const { code = '', path: from, dest } = error;
  const sentence = SENTENCES[code]?.(place ?? (code === 'ENOENT' ? from : (dest ?? from)));
  return sentence === undefined ? error : new UserError(sentence, { cause: error });
}

/** A failure of the file system, rather than of the network or of a program that could not be started. */
function isOfFiles(error: unknown): error is NodeJS.ErrnoException & { readonly dest?: string } {
  if (!(error instanceof Error) || error instanceof UserError) return false;
  const { syscall } = error as NodeJS.ErrnoException;
  return syscall !== undefined && !/^(spawn|connect|listen|bind|getaddrinfo|kill)/.test(syscall);
}

function diskOf(place: string | undefined): string {
  return place === undefined ? 'The disk' : `The disk of ${place}`;
}

function quoted(place: string | undefined): string {
  if (place === undefined) return '';
  const name = [...path.basename(place)];
  return ` ${name.length > SHOWN ? `${name.slice(0, SHOWN).join('')}…` : name.join('')}`;
}
