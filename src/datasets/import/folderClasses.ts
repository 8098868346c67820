import { largestOf } from '../../base/vectors';
import { UnknownClasses } from '../errors';
import { classOfName, type NameForm } from './className';

/** Code points as NIST names its folders; a letter among the digits tells them from mere numbers. */
const CODE = /^[0-9a-f]{2}$|^[0-9a-f]{4,5}$/i;

/**
 * The class of each picture that has one by its folders: the innermost that names a class counts. Folders that number
 * something (writers, sheets) name none; where there are only such, they are classes by their place in `characters`.
 *
 * @param names paths of pictures
 * @throws DatasetError where folders are numbered and nothing says what the numbers stand for
 */
export function classesOfFolders(
  names: readonly string[],
  form: NameForm,
  characters: string | undefined,
): Map<string, string> {
  const folders = new Map(names.map((name) => [name, name.split('/').slice(0, -1).reverse()]));
  const read = (chosen: (own: readonly string[]) => readonly string[], as: NameForm) =>
    new Map(
      [...folders].flatMap(([name, own]) => {
        const label = chosen(own)
          .map((folder) => classOfName(folder, as))
          .find((each) => each !== undefined);
        return label === undefined ? [] : [[name, label] as const];
      }),
    );
  if (form === 'text') return read((own) => own.slice(0, 1), form);
  if (form === 'hex') return read((own) => own, form);
  const innermost = [...folders.values()].map((own) => own[0] ?? '');
  if (!areNumbers(innermost, characters === undefined ? 10 : 0)) {
    const labels = read((own) => own, form);
    return labels.size === 0 && areCodes([...folders.values()]) ? read((own) => own, 'hex') : labels;
  }
  const labels = characters === undefined ? read((own) => own.slice(1), form) : new Map<string, string>();
  return labels.size > 0 ? labels : byNumber(folders, characters);
}

/** Whether folders are numbered up to this at least: beyond 9, digits are not classes themselves. */
function areNumbers(folders: readonly string[], least: number): boolean {
  return folders.every((name) => /^\d{1,4}$/.test(name)) && folders.some((name) => Number(name) >= least);
}

/** Whether every picture lies below a folder that is a code point, and these cannot be mere numbers. */
function areCodes(paths: readonly (readonly string[])[]): boolean {
  const codes = paths.map((own) => own.find((name) => CODE.test(name) && classOfName(name, 'hex')));
  return codes.every((code) => code !== undefined) && codes.some((code) => /[a-f]/i.test(code));
}

function byNumber(
  folders: ReadonlyMap<string, readonly string[]>,
  characters: string | undefined,
): Map<string, string> {
  const classes = [...(characters ?? '')];
  const numbers = [...folders].map(([name, own]) => [name, Number(own[0])] as const);
  const largest = largestOf(numbers.map(([, number]) => number));
  if (largest >= classes.length) {
    throw new UnknownClasses(
      `The folders are numbered up to ${String(largest)}: say what 0, 1, 2 and so on stand for with --classes CHARACTERS, or take them as code points with --names hex.`,
    );
  }
  return new Map(numbers.map(([name, number]) => [name, classes[number] ?? '']));
}
