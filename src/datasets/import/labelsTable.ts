import path from 'node:path';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';

const FILE_COLUMN = /^(file|filename|file_name|image|img|path|name|picture)s?$/i;
const LABEL_COLUMN = /^(label|class|character|char|text|target|truth)(es|s)?$/i;

/** One row: a picture and what it is said to show. */
export interface LabelRow {
  readonly file: string;
  readonly label: string;
  /** In the table, from 1. */
  readonly line: number;
}

/**
 * The table that labels pictures: the one named, else `labels.csv` (or .tsv, .txt) wherever it lies, else the only CSV
 * file beside the pictures.
 *
 * @throws DatasetError where the named one is not there
 */
export function findLabelsTable(files: FileSource, named: string | undefined): string | undefined {
  if (named !== undefined) {
    if (files.names.includes(named)) return named;
    throw new DatasetError(`${files.location} has no ${named}: give the table's path inside it.`);
  }
  const tables = files.names.filter((name) => /\.(csv|tsv)$/i.test(name));
  const byName = files.names.find((name) => /(^|\/)labels?\.(csv|tsv|txt)$/i.test(name));
  return byName ?? (tables.length === 1 ? tables[0] : undefined);
}

/**
 * Reads a table of file names and labels, separated by commas, semicolons or tabs, with or without a first row of
 * names for the columns; further columns are passed over.
 *
 * @throws DatasetError where a row lacks one of the two
 */
export function readLabelsTable(text: string, name: string): LabelRow[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const separator = ['\t', ',', ';'].find((each) => (lines[0] ?? '').includes(each)) ?? ',';
  const rows = lines.map((line, index) => ({ cells: cellsOf(line, separator), line: index + 1 }));
  const head = rows[0]?.cells.map((cell) => cell.trim()) ?? [];
  const named = {
    file: head.findIndex((cell) => FILE_COLUMN.test(cell)),
    label: head.findIndex((cell) => LABEL_COLUMN.test(cell)),
  };
  const hasHead = named.file >= 0 && named.label >= 0;
  const column = hasHead ? named : { file: 0, label: 1 };
  return rows.slice(hasHead ? 1 : 0).flatMap(({ cells, line }) => {
    if (cells.length === 1 && cells[0]?.trim() === '') return [];
    const [file, label] = [cells[column.file]?.trim(), cells[column.label]];
    if (file === undefined || file === '' || label === undefined || label.trim() === '') {
      throw new DatasetError(`${name} line ${String(line)} has no file and label: write "file,label" rows.`);
    }
    return [{ file: file.replaceAll('\\', '/').replace(/^\.\//, ''), label: label.trim(), line }];
  });
}

/** The cells of a line, where a quoted one may hold separators and doubled quotes (RFC 4180). */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quoted && character === '"' && line.charAt(at + 1) === '"') cell += line.charAt(++at);
    else if (character === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (character === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell];
}

/** The picture that a row means: by its path from the table's folder or from the top, else by its name alone. */
export function makeLocator(
  table: string,
  pictures: readonly string[],
): (file: string) => string | undefined {
  const whole = new Set(pictures);
  const byName = new Map<string, string | undefined>();
  for (const picture of pictures) {
    for (const key of [path.posix.basename(picture), path.posix.parse(picture).name]) {
      byName.set(key, byName.has(key) ? undefined : picture);
    }
  }
  const folder = path.posix.dirname(table);
  return (file) =>
    [path.posix.join(folder, file), file].find((each) => whole.has(each)) ??
    byName.get(path.posix.basename(file));
}
