import path from 'node:path';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { groupBy } from '../groupBy';
import type { Split } from '../samples';
import { classOfName, type NameForm } from './className';
import { findLabelsTable, makeLocator, readLabelsTable } from './labelsTable';
import { filePattern, guessPattern, type ClassOfFile } from './namePattern';

const PICTURE = /\.(png|jpe?g|webp|bmp|tiff?|gif)$/i;
const SPLIT_FOLDERS: Record<string, Split> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
  testing: 'test',
};

/** Where the labels of a folder's pictures stand. */
export interface LabelOptions {
  /** How names of folders and labels are read; `auto` unless given. */
  readonly names?: NameForm | undefined;
  /** A regular expression for file names, or the name of a preset, where the class stands in them. */
  readonly pattern?: string | undefined;
  /** Path, inside the folder, of a table of files and labels. */
  readonly table?: string | undefined;
}

/** A picture with its class and split. */
export interface LabelledPicture {
  readonly name: string;
  readonly label: string;
  readonly split: Split;
}

/** Whether a folder or archive holds picture files. */
export function holdsPictures(files: FileSource): boolean {
  return files.names.some(isPicture);
}

/** Whether a file is a picture, by its name. */
export function isPicture(name: string): boolean {
  return PICTURE.test(name) && !/(^|\/)(__MACOSX\/|\.)/.test(name);
}

/**
 * Gives each picture its class: from the table of labels if there is one, by the pattern of file names if one is given,
 * else by the innermost folder that names a class, else by the file names.
 *
 * @returns the pictures in the order of their names, and a sentence for each folder or file that is left out
 * @throws DatasetError where no picture has a class
 */
export async function labelPictures(
  files: FileSource,
  options: LabelOptions,
): Promise<{ pictures: LabelledPicture[]; problems: string[] }> {
  const names = files.names.filter(isPicture);
  if (names.length === 0) throw new DatasetError(`${files.location} holds no pictures: check the path.`);
  const problems: string[] = [];
  const table = options.pattern === undefined ? findLabelsTable(files, options.table) : undefined;
  const labels =
    table === undefined
      ? labelsByName(names, options, problems)
      : await labelsByTable(files, table, names, options.names ?? 'auto', problems);
  if (labels.size === 0) {
    throw new DatasetError(
      `No picture in ${files.location} has a class (${problems[0] ?? 'there are none'}): name each folder after its character, such as upper-A or U+0041, or use --names, --pattern or a labels.csv.`,
    );
  }
  const splits = splitsOf([...labels.keys()]);
  const pictures = [...labels].map(([name, label]) => ({ name, label, split: splits.get(name) ?? 'all' }));
  return { pictures, problems };
}

function labelsByName(
  names: readonly string[],
  options: LabelOptions,
  problems: string[],
): Map<string, string> {
  const form = options.names ?? 'auto';
  if (options.pattern !== undefined) return byFileName(names, filePattern(options.pattern, form), problems);
  const byFolder = new Map(
    names.flatMap((name) => {
      const label = classOfFolders(name, form);
      return label === undefined ? [] : [[name, label] as const];
    }),
  );
  if (byFolder.size > 0) {
    const rest = names.filter((name) => !byFolder.has(name));
    for (const [folder, { length }] of groupBy(rest, (name) => path.posix.dirname(name))) {
      problems.push(`${String(length)} pictures in the folder "${folder}", whose name is no class`);
    }
    return byFolder;
  }
  const guessed = guessPattern(names.map((name) => path.posix.parse(name).name));
  if (guessed) return byFileName(names, guessed, problems);
  problems.push(`neither a folder nor a file name says one, as in ${names[0] ?? ''}`);
  return new Map();
}

function byFileName(names: readonly string[], read: ClassOfFile, problems: string[]): Map<string, string> {
  const labels = new Map<string, string>();
  for (const name of names) {
    const label = read(path.posix.parse(name).name);
    if (label === undefined) problems.push(`${name}: its name does not fit the pattern`);
    else labels.set(name, label);
  }
  return labels;
}

function classOfFolders(name: string, form: NameForm): string | undefined {
  const folders = name.split('/').slice(0, -1).reverse();
  const own = form === 'text' ? folders.slice(0, 1) : folders;
  return own.map((folder) => classOfName(folder, form)).find((label) => label !== undefined);
}

async function labelsByTable(
  files: FileSource,
  table: string,
  names: readonly string[],
  form: NameForm,
  problems: string[],
): Promise<Map<string, string>> {
  const locate = makeLocator(table, names);
  const labels = new Map<string, string>();
  for (const { file, label, line } of readLabelsTable((await files.read(table)).toString('utf8'), table)) {
    const where = `${table} line ${String(line)}`;
    const name = locate(file);
    const read = classOfName(label, form);
    if (name === undefined) problems.push(`${where} names ${file}, which is not there`);
    else if (read === undefined)
      problems.push(
        `${where} has the label "${label}", which is no class (use --names text to take it as it is)`,
      );
    else labels.set(name, read);
  }
  const without = names.filter((name) => !labels.has(name)).length;
  if (without > 0) problems.push(`${String(without)} pictures without a row in ${table}`);
  return labels;
}

/** The split that each picture's folders name, where all of them name one. */
function splitsOf(names: readonly string[]): Map<string, Split> {
  const splits = new Map<string, Split>();
  for (const name of names) {
    const split = name
      .split('/')
      .slice(0, -1)
      .map((folder) => SPLIT_FOLDERS[folder.toLowerCase()])
      .find((each) => each !== undefined);
    if (split === undefined) return new Map();
    splits.set(name, split);
  }
  return splits;
}
