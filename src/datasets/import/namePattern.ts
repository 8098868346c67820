import { DatasetError } from '../errors';
import { classOfName, type NameForm } from './className';

/** Where in a picture's file name (without folders and extension) its class stands. */
export const NAME_PATTERNS = {
  /** `A_001`, `A-1`, `A (1)`, `A1`, `A`; a digit only before what is none: `3_001` */
  first: /^(.)(?:[-_. (]|(?<!\d)\d|$)/u,
  /** `001_A`, `img-7-A` */
  last: /[-_. ](.)$/u,
  /** `char_A_001` */
  middle: /[-_. ](.)[-_. ]\d+$/u,
  /** `upper-A_001`, `lower-a-1`, `digit-0.1`, `U+0041_7` */
  prefix: /^((?:upper|lower|digit)[-_].|U\+[0-9A-F]{4,6}(?:_U\+[0-9A-F]{4,6})*)(?:[-_. ]|$)/iu,
  /** `img011-001`, the eleventh of Chars74K's 62 classes */
  chars74k: /^(img\d{3})-\d+$/i,
} as const;

/** Whether a name says that it is one of a class, and not merely which of many it is. */
export function isNamedClass(stem: string): boolean {
  return NAME_PATTERNS.prefix.test(stem) || NAME_PATTERNS.chars74k.test(stem);
}

/** A file's class by its name, or undefined where the name says none. */
export type ClassOfFile = (stem: string) => string | undefined;

/**
 * Makes a reader of file names.
 *
 * @param pattern the name of a preset, or a regular expression whose first group, or the one named `class`, is the class
 * @throws DatasetError where it is no regular expression, or has no group
 */
export function filePattern(pattern: string, form: NameForm): ClassOfFile {
  const preset = Object.entries(NAME_PATTERNS).find(([name]) => name === pattern)?.[1];
  const expression = preset ?? compile(pattern);
  return (stem) => {
    const match = expression.exec(stem);
    const group = match?.groups?.['class'] ?? match?.[1];
    return group === undefined ? undefined : classOfName(group, preset ? 'auto' : form);
  };
}

function compile(pattern: string): RegExp {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'u');
  } catch (cause) {
    const names = Object.keys(NAME_PATTERNS).join(', ');
    throw new DatasetError(
      `The pattern ${pattern} is no regular expression: write one such as ^(.)_\\d+, or one of ${names}.`,
      { cause },
    );
  }
  const groups = (new RegExp(`${pattern}|`, 'u').exec('')?.length ?? 1) - 1;
  if (groups === 0) {
    throw new DatasetError(
      `The pattern ${pattern} has no group: put brackets around the class, as in ^(.)_\\d+.`,
    );
  }
  return expression;
}

/**
 * Finds the preset that reads all names.
 *
 * @returns undefined where none does
 * @throws DatasetError where two do, and say different things
 */
export function guessPattern(stems: readonly string[]): ClassOfFile | undefined {
  // running numbers say nothing
  if (stems.every((stem) => /^\d+$/.test(stem))) return undefined;
  for (const pattern of ['prefix', 'chars74k']) {
    const read = filePattern(pattern, 'auto');
    if (stems.every((stem) => read(stem) !== undefined)) return read;
  }
  const [first, last] = [filePattern('first', 'auto'), filePattern('last', 'auto')];
  const readsAll = (read: ClassOfFile) => stems.every((stem) => read(stem) !== undefined);
  if (!readsAll(first)) {
    return [last, filePattern('middle', 'auto')].find(readsAll);
  }
  if (!readsAll(last) || stems.every((stem) => first(stem) === last(stem))) return first;
  const numbers = (read: ClassOfFile) => stems.every((stem) => /^\d$/.test(read(stem) ?? ''));
  if (numbers(first) !== numbers(last)) return numbers(first) ? last : first;
  throw new DatasetError(
    `The class may be the first or the last character of names such as ${stems[0] ?? ''}: say --pattern first or --pattern last.`,
  );
}
