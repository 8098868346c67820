import path from 'node:path';
import { decodeText } from '../decodeText';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import { splitOfName } from './fileSplits';
import { headOf } from './head';
import { isHidden } from './hidden';

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
 * The tables that label pictures: the one named, else each `labels.csv` (or .tsv, .txt) wherever it lies, else the only
 * CSV file beside the pictures, else those of several that name a column of files and one of labels.
 *
 * @throws DatasetError where the named one is not there
 */
export async function findLabelsTables(files: FileSource, named: string | undefined): Promise<string[]> {
  if (named !== undefined) {
    if (files.names.includes(named)) return [named];
    throw new DatasetError(`${files.location} has no ${named}: give the table's path inside it.`);
  }
  const visible = files.names.filter((name) => !isHidden(name));
  const byName = visible.filter((name) => /(^|\/)labels?\.(csv|tsv|txt)$/i.test(name));
  if (byName.length > 0) return byName;
  const tables = visible.filter((name) => /\.(csv|tsv)$/i.test(name));
  if (tables.length < 2) return tables;
  const heads = await Promise.all(tables.map((name) => headOf(files, name)));
  return tables.filter((name, at) => namedColumns(rowsOf(decodeText(heads[at] ?? Buffer.alloc(0), name))[0]));
}

/**
 * Reads a table of file names and labels, separated by commas, semicolons, tabs or spaces, with or without a first row
 * of names for the columns; further columns are passed over.
 *
 * @throws DatasetError where a row lacks one of the two
 */
export function readLabelsTable(text: string, name: string): LabelRow[] {
  const rows = rowsOf(text);
  const named = namedColumns(rows[0]);
  const column = named ?? { file: 0, label: 1 };
  return rows.slice(named ? 1 : 0).flatMap(({ cells, line }) => {
    if (cells.length === 1 && cells[0]?.trim() === '') return [];
    const [file, label] = [cells[column.file]?.trim(), cells[column.label]];
    if (file === undefined || file === '' || label === undefined || label.trim() === '') {
      throw new DatasetError(`${name} line ${String(line)} has no file and label: write "file,label" rows.`);
    }
    return [{ file: file.replaceAll('\\', '/').replace(/^\.\//, ''), label: label.trim(), line }];
  });
}

interface Row {
  readonly cells: readonly string[];
  /** From 1. */
  readonly line: number;
}

function rowsOf(text: string): Row[] {
  const lines = text.split(/\r?\n/);
  const separator = ['\t', ',', ';'].find((each) => (lines[0] ?? '').includes(each));
  return lines.map((line, index) => ({
    cells: separator === undefined ? wordsOf(line) : cellsOf(line, separator),
    line: index + 1,
  }));
}

/** Where a first row says that files and labels stand; undefined where it does not. */
function namedColumns(first: Row | undefined): { file: number; label: number } | undefined {
  const head = first?.cells.map((cell) => cell.trim()) ?? [];
  const file = head.findIndex((cell) => FILE_COLUMN.test(cell));
  const label = head.findIndex((cell) => LABEL_COLUMN.test(cell));
  return file >= 0 && label >= 0 ? { file, label } : undefined;
}

/** A file's name, which may have spaces in it, and the label behind the last one. */
function wordsOf(line: string): string[] {
  const [, file, label] = /^\s*(.*\S)\s+(\S+)\s*$/.exec(line) ?? [];
  return file === undefined || label === undefined ? [line] : [file, label];
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

/**
 * The picture that a row means: by its path from the table's folder, from the folder of the split that the table is
 * named after, or from the top, else by its name alone.
 */
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
    [path.posix.join(folder, file), path.posix.join(folder, splitOfName(table), file), file].find((each) =>
      whole.has(each),
    ) ?? byName.get(path.posix.basename(file));
}
