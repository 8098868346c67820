import path from 'node:path';
import { DatasetError, UnknownClasses } from '../errors';
import type { FileSource } from '../files';
import { groupBy } from '../../base/groupBy';
import type { Split } from '../../base/split';
import { classOfName, type NameForm } from './className';
import { splitOfFolders, splitOfName } from './fileSplits';
import { classesOfFolders } from './folderClasses';
import { isHidden } from './hidden';
import { findLabelsTables, noLabels, readLabelsTable, type LabelRow } from './labelsTable';
import { FileIndex } from './locator';
import { filePattern, guessPattern, isNamedClass, type ClassOfFile } from './namePattern';
import { rowsInWords } from './rowsInWords';

const PICTURE = /\.(png|jpe?g|jpe|jfif|pjpeg|pjp|webp|bmp|dib|tiff?|gif|avif|p[bgpn]m)$/i;
/** Pictures that are not read. */
const OTHER_PICTURE =
  /\.(svgz?|hei[cf]|psd|pdf|djvu?|ico|raw|dng|cr2|nef|arw|jp2|j2k|jxl|jxr|eps|ai|xcf|tga|exr|hdr|pcx|wmf|emf|mat|npy|npz)$/i;
/** Of problems of one kind so many are named, and the others counted. */
const MOST_NAMED = 10;

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
export interface LabeledPicture {
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
): Promise<{ pictures: LabeledPicture[]; problems: string[] }> {
  const names = files.names.filter(isPicture);
  if (names.length === 0) throw new DatasetError(`${files.location} holds no pictures: check the path.`);
  const problems: string[] = [];
  const unread = groupBy(
    files.names.filter((name) => OTHER_PICTURE.test(name) && !isHidden(name)),
    (name) => path.posix.extname(name).toLowerCase(),
  );
  for (const [extension, { length }] of unread) {
    problems.push(`${filesOf(length)} of the kind ${extension}, which is not read: save as PNG`);
  }
  const index = new FileIndex(names);
  const tables =
    options.pattern === undefined
      ? await findLabelsTables(files, options.table, index)
      : { labels: [], others: [] };
  const labeled =
    tables.labels.length === 0
      ? { labels: labelsByName(names, options, problems, tables.others[0]), splits: new Map<string, Split>() }
      : await labelsByTables(files, tables.labels, index, options, problems);
  const { labels } = labeled;
  if (labels.size === 0) {
    throw new DatasetError(
      `No picture in ${files.location} has a class (${problems[0] ?? 'there are none'}): name each folder after its character, such as upper-A or U+0041, or use --names, --pattern or a labels.csv.`,
    );
  }
  const splits = splitsOf([...labels.keys()]) ?? labeled.splits;
  const pictures = [...labels].map(([name, label]) => ({ name, label, split: splits.get(name) ?? 'all' }));
  return { pictures, problems };
}

function labelsByName(
  names: readonly string[],
  options: LabelOptions,
  problems: string[],
  table: string | undefined,
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
  // what a table may say is not guessed
  if (table !== undefined) throw noLabels(table);
  const guessed =
    form === 'auto' ? guessPattern(names.map((name) => path.posix.parse(name).name)) : undefined;
  const labels = guessed ? byFileName(names, guessed, problems) : new Map<string, string>();
  // one and the same everywhere is no class: img_1 in cat and in dog, unless the name says that it is one
  const isSaid = names.every((name) => isNamedClass(path.posix.parse(name).name));
  if (new Set(labels.values()).size > (isSaid ? 0 : 1)) return labels;
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
  index: FileIndex,
  { names: form = 'auto', characters }: LabelOptions,
  problems: string[],
): Promise<{ labels: Map<string, string>; splits: Map<string, Split> }> {
  const labels = new Map<string, string>();
  const splits = new Map<string, Split | undefined>();
  const mentioned = new Set<string>();
  const left = new LeftOut(problems);
  for (const table of tables) {
    const ofTable = tables.length > 1 ? splitOfName(table) : 'all';
    const { rows: all, nameless } = await readLabelsTable(files, table, index);
    for (const { name } of all) if (name !== undefined) mentioned.add(name);
    const rows = all.filter(({ label }) => label !== '');
    const unlabeled = all.length - rows.length;
    if (unlabeled > 0) problems.push(`${rowsInWords(unlabeled)} without a label in ${table}`);
    if (nameless > 0) problems.push(`${rowsInWords(nameless)} without a file in ${table}`);
    const read = labelReader(rows, form, characters, table);
    for (const { file, name, label, line, split = ofTable } of rows) {
      const where = `${table} line ${String(line)}`;
      const text = read(label);
      if (name === undefined)
        left.add('names a file that is not there', `${where} names ${file}, which is not there`);
      else if (text === undefined) {
        const hint = '(use --names text to take it as it is)';
        left.add(
          'has a label that is no class',
          `${where} has the label "${label}", which is no class ${hint}`,
        );
      } else {
        const before = labels.get(name);
        if (before !== undefined && before !== text) {
          left.add('names a file again', `${where} says "${text}" of ${name}, which has "${before}" already`);
          continue;
        }
        labels.set(name, text);
        const other = splits.get(name);
        // said differently by several, it is none
        splits.set(
          name,
          split === 'all' ? other : splits.has(name) && other !== split && other ? undefined : split,
        );
      }
    }
  }
  left.say();
  const without = index.files.filter((name) => !mentioned.has(name)).length;
  if (without > 0) problems.push(`${counted(without)} without a row in ${tables.join(', ')}`);
  const said = new Map<string, Split>(
    [...splits].flatMap(([name, split]) => (split === undefined ? [] : [[name, split] as const])),
  );
  return { labels, splits: said.size === labels.size ? said : new Map<string, Split>() };
}

/** Rows that are left out: the first of each kind by themselves, the others counted. */
class LeftOut {
  private readonly kinds = new Map<string, number>();

  constructor(private readonly problems: string[]) {}

  add(kind: string, sentence: string): void {
    const count = (this.kinds.get(kind) ?? 0) + 1;
    this.kinds.set(kind, count);
    if (count <= MOST_NAMED) this.problems.push(sentence);
  }

  say(): void {
    for (const [kind, count] of this.kinds) {
      if (count > MOST_NAMED)
        this.problems.push(`${rowsInWords(count - MOST_NAMED)} more, of which each ${kind}`);
    }
  }
}

/**
 * How a table's labels are read: a character, or what stands for one. Commands of LaTeX are taken as they are, and so
 * are all, where most of them are words.
 *
 * @throws UnknownClasses where labels are numbers, and nothing says of what
 */
function labelReader(
  rows: readonly LabelRow[],
  form: NameForm,
  characters: string | undefined,
  table: string,
): (label: string) => string | undefined {
  const labels = [...new Set(rows.map(({ label }) => label))];
  const isNumbered = labels.every((label) => /^\d{1,5}$/.test(label));
  if (isNumbered && characters !== undefined) {
    const classes = [...characters];
    return (label) => classes[Number(label)];
  }
  const largest = labels.reduce((most, label) => Math.max(most, Number(label)), 0);
  if (isNumbered && form === 'auto' && largest > 9) {
    throw new UnknownClasses(
      `The labels of ${table} go up to ${String(largest)}: say what 0, 1, 2 and so on stand for with --classes CHARACTERS, or take them as texts with --names text.`,
    );
  }
  const read = (label: string) => (/^\\/.test(label) && form === 'auto' ? label : classOfName(label, form));
  const words = labels.filter((label) => read(label) === undefined).length;
  return form === 'auto' && words > labels.length / 2
    ? (label) => read(label) ?? label.normalize('NFC')
    : read;
}

function filesOf(count: number): string {
  return count === 1 ? 'a file' : `${String(count)} files`;
}

function counted(pictures: number): string {
  return pictures === 1 ? 'a picture' : `${String(pictures)} pictures`;
}

/** The split that each picture's folders name; undefined where not all of them name one. */
function splitsOf(names: readonly string[]): Map<string, Split> | undefined {
  const splits = new Map<string, Split>();
  for (const name of names) {
    const split = splitOfFolders(name);
    if (split === undefined) return undefined;
    splits.set(name, split);
  }
  return splits;
}
