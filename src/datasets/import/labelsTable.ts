import { decodeHead, decodeText } from '../formats/decodeText';
import { DatasetError } from '../errors';
import type { FileSource } from '../files';
import type { Split } from '../../base/split';
import { splitOfName } from './fileSplits';
import { headOf } from './head';
import { isHidden } from './hidden';
import { isOneHot, labelColumnsOf, type LabelColumns } from './labelColumns';
import type { FileIndex, Locator } from './locator';
import { readTextTable, type TextTable } from './tableRows';

/** One row: a file and what it is said to show. */
export interface LabelRow {
  readonly file: string;
  /** The file that is meant, where it is there. */
  readonly name: string | undefined;
  /** Empty where it says nothing. */
  readonly label: string;
  readonly split: Split | undefined;
  /** In the table, from 1. */
  readonly line: number;
}

/** What a table says of files. */
export interface LabelsTable {
  readonly rows: readonly LabelRow[];
  /** Rows that are of no file. */
  readonly nameless: number;
}

/** The tables that lie beside files, as far as they name some. */
export interface FoundTables {
  readonly labels: readonly string[];
  /** Those that name files, and no column of labels. */
  readonly others: readonly string[];
}

/** More text than this takes many times its size in memory once it is read. */
const MOST_BYTES = 64 * 2 ** 20;
/** JSON is read at once. */
const MOST_JSON_BYTES = 8 * 2 ** 20;
/** A folder with more has a text for each of its files. */
const MOST_TABLES = 100;
const TABLE = /(\.(csv|tsv|tab|txt|lst|list|json|jsonl|ndjson)|(^|\/)labels?)(\.gz)?$/i;
const IN_ONE = /\.json(\.gz)?$/i;
/** A table of this name is one whatever stands in it. */
const NAMED = /(^|\/)labels?\.(csv|tsv|txt)$/i;

/**
 * The tables that label files: the one named, else those that name some of them, wherever they lie, and say what they
 * are; else a `labels.csv` (or .tsv, .txt).
 *
 * @throws DatasetError where the named one is not there
 */
export async function findLabelsTables(
  files: FileSource,
  named: string | undefined,
  index: FileIndex,
): Promise<FoundTables> {
  if (named !== undefined) {
    if (files.names.includes(named)) return { labels: [named], others: [] };
    throw new DatasetError(`${files.location} has no ${named}: give the table's path inside it.`);
  }
  const tables = files.names.filter((name) => TABLE.test(name) && !isHidden(name)).slice(0, MOST_TABLES);
  const labels: string[] = [];
  const others: string[] = [];
  for (const name of tables) {
    const locate = index.locator(name);
    const columns = columnsOf(await tableHead(files, name), locate);
    if (columns) (columns.label === undefined ? others : labels).push(name);
  }
  return { labels: labels.length > 0 ? labels : tables.filter((name) => NAMED.test(name)), others };
}

/** The first rows of a table; what cannot be read as one is none. */
async function tableHead(files: FileSource, name: string): Promise<TextTable> {
  try {
    const head = await headOf(files, name);
    if (IN_ONE.test(name) && mayBeTable(head)) return await jsonTable(files, name, head);
    return readTextTable(decodeHead(wholeRows(head)), name);
  } catch {
    return { rows: [], isSpaced: false };
  }
}

/** JSON is no table before its end; of one that is too large the start is, so that reading it says so. */
async function jsonTable(files: FileSource, name: string, head: Buffer): Promise<TextTable> {
  try {
    return readTextTable(decodeHead(await files.read(name, MOST_JSON_BYTES)), name);
  } catch {
    return readTextTable(endedJson(decodeHead(head)), name);
  }
}

/** The start of a list or an object of JSON, as one that ends behind its last whole entry. */
function endedJson(head: string): string {
  const end = head.trimStart().startsWith('[') ? ']' : '}';
  for (let at = head.lastIndexOf(','); at > 0; at = head.lastIndexOf(',', at - 1)) {
    const ended = head.slice(0, at) + end;
    if (isJson(ended)) return ended;
  }
  return '';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether JSON begins as labels by files or as a list of objects: ink and settings have lists or objects within. */
function mayBeTable(head: Buffer): boolean {
  return /^\s*(\{\s*"[^"]*"\s*:\s*["\d]|\[\s*\{)/.test(decodeHead(head));
}

/** Without the row that the head ends in. */
function wholeRows(head: Buffer): Buffer {
  const end = head.lastIndexOf('\n');
  return end > 0 && head.length >= 4096 ? head.subarray(0, end) : head;
}

function columnsOf({ rows }: TextTable, locate: Locator) {
  const columns = labelColumnsOf(rows, locate);
  if (!columns) return undefined;
  const isFound = rows.some(({ cells }) => locate(cells[columns.file] ?? '') !== undefined);
  return isFound || (columns.hasHead && columns.label !== undefined) ? columns : undefined;
}

/**
 * Reads a table of file names and labels, in any order and with any other columns, with or without a first row that
 * names them. Rows without a file are counted.
 *
 * @throws DatasetError where no column says what the files are, a quoted cell does not end, or it is too large
 */
export async function readLabelsTable(
  files: FileSource,
  name: string,
  index: FileIndex,
): Promise<LabelsTable> {
  const text = decodeText(await files.read(name), name, IN_ONE.test(name) ? MOST_JSON_BYTES : MOST_BYTES);
  const { rows } = readTextTable(text, name);
  const locate = index.locator(name);
  const found = labelColumnsOf(rows, locate);
  const [first] = rows;
  if (first && first.cells.length < 2) {
    throw new DatasetError(
      `${name} line ${String(first.line)} has no file and label: write "file,label" rows.`,
    );
  }
  if (found && found.label === undefined) throw noLabels(name);
  const columns = (found as LabelColumns | undefined) ?? { hasHead: false, file: 0, label: 1, split: -1 };
  const read: LabelRow[] = [];
  let nameless = 0;
  for (const { cells, line } of columns.hasHead ? rows.slice(1) : rows) {
    const [file = '', label] = [cells[columns.file]?.trim(), labelOf(cells, columns.label)];
    if (file === '') nameless++;
    else read.push({ file, name: locate(file), label, split: splitOf(cells[columns.split]), line });
  }
  return { rows: withoutZeros(read), nameless };
}

export function noLabels(table: string): DatasetError {
  return new DatasetError(
    `${table} names the files, and no column that says what they are: call that column "label".`,
  );
}

function labelOf(cells: readonly string[], label: LabelColumns['label']): string {
  if (typeof label === 'number') return cells[label]?.trim() ?? '';
  return label.find(({ column }) => isOneHot(cells[column]))?.label ?? '';
}

function splitOf(cell: string | undefined): Split | undefined {
  const split = cell === undefined ? 'all' : splitOfName(cell.trim());
  return split === 'all' ? undefined : split;
}

/** pandas writes 7.0 for 7 where a row has none. */
function withoutZeros(rows: readonly LabelRow[]): readonly LabelRow[] {
  if (!rows.every(({ label }) => /^(\d+\.0+)?$/.test(label))) return rows;
  return rows.map((row) => ({ ...row, label: row.label.replace(/\.0+$/, '') }));
}
