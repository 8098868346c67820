import path from 'node:path';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { decodeText } from '../decodeText';
import { groupBy } from '../groupBy';
import type { Split } from '../samples';
import { classOfName, type NameForm } from './className';
import { splitOfName } from './fileSplits';
import { classesOfFolders } from './folderClasses';
import { isHidden } from './hidden';
import { findLabelsTables, makeLocator, readLabelsTable } from './labelsTable';
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
  /** The characters that folders called 0, 1, 2 and so on stand for. */
  readonly characters?: string | undefined;
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
  return PICTURE.test(name) && !isHidden(name);
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
  const tables = options.pattern === undefined ? await findLabelsTables(files, options.table) : [];
  const labelled =
    tables.length === 0
      ? { labels: labelsByName(names, options, problems), splits: new Map<string, Split>() }
      : await labelsByTables(files, tables, names, options.names ?? 'auto', problems);
  const { labels } = labelled;
  if (labels.size === 0) {
    throw new DatasetError(
      `No picture in ${files.location} has a class (${problems[0] ?? 'there are none'}): name each folder after its character, such as upper-A or U+0041, or use --names, --pattern or a labels.csv.`,
    );
  }
  const splits = splitsOf([...labels.keys()]) ?? labelled.splits;
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
  const byFolder = classesOfFolders(names, form, options.characters);
  if (byFolder.size > 0) {
    const rest = names.filter((name) => !byFolder.has(name));
    for (const [folder, { length }] of groupBy(rest, (name) => path.posix.dirname(name))) {
      problems.push(`${counted(length)} in the folder "${folder}", whose name is no class`);
    }
    return byFolder;
  }
  const guessed =
    form === 'auto' ? guessPattern(names.map((name) => path.posix.parse(name).name)) : undefined;
  const labels = guessed ? byFileName(names, guessed, problems) : new Map<string, string>();
  // one and the same in every folder is no class: img_1 in cat and in dog
  const folders = new Set(names.map((name) => path.posix.dirname(name)));
  if (new Set(labels.values()).size > (folders.size > 1 ? 1 : 0)) return labels;
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

/** Reads each table; where there are several, their names may say which split is whose. */
async function labelsByTables(
  files: FileSource,
  tables: readonly string[],
  names: readonly string[],
  form: NameForm,
  problems: string[],
): Promise<{ labels: Map<string, string>; splits: Map<string, Split> }> {
  const labels = new Map<string, string>();
  const splits = new Map<string, Split>();
  for (const table of tables) {
    const locate = makeLocator(table, names);
    const split = tables.length > 1 ? splitOfName(table) : 'all';
    const text = decodeText(await files.read(table), table);
    for (const { file, label, line } of readLabelsTable(text, table)) {
      const where = `${table} line ${String(line)}`;
      const name = locate(file);
      const read = classOfName(label, form);
      if (name === undefined) problems.push(`${where} names ${file}, which is not there`);
      else if (read === undefined)
        problems.push(
          `${where} has the label "${label}", which is no class (use --names text to take it as it is)`,
        );
      else {
        labels.set(name, read);
        splits.set(name, split);
      }
    }
  }
  const without = names.filter((name) => !labels.has(name)).length;
  if (without > 0) problems.push(`${counted(without)} without a row in ${tables.join(', ')}`);
  return { labels, splits };
}

function counted(pictures: number): string {
  return pictures === 1 ? 'a picture' : `${String(pictures)} pictures`;
}

/** The split that each picture's folders name; undefined where not all of them name one. */
function splitsOf(names: readonly string[]): Map<string, Split> | undefined {
  const splits = new Map<string, Split>();
  for (const name of names) {
    const split = name
      .split('/')
      .slice(0, -1)
      .map((folder) => SPLIT_FOLDERS[folder.toLowerCase()])
      .find((each) => each !== undefined);
    if (split === undefined) return undefined;
    splits.set(name, split);
  }
  return splits;
}
