import { DatasetError } from '../errors';
import { checkSize, MOST_ROWS, type Row } from './csvRows';
import { PICTURE } from './locator';

/** More columns than any table of labels has. */
const MOST_COLUMNS = 100;
/** A name without an ending may be that of a class, whose number is called so. */
const FILE = /[./]/;

const FILES_AND_LABELS: Row = { cells: ['file', 'label'], line: 0 };

type Fields = Readonly<Record<string, unknown>>;

/**
 * The rows of a table that is JSON: an object of labels by files; or objects, in a list or one a line, whose fields are
 * the columns. Of the fields texts and numbers count.
 *
 * @returns undefined where the text is no JSON
 * @throws DatasetError where it is, and none of these, or too large
 */
export function jsonRows(text: string, name: string): Row[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const read = parsed(text) ?? parsedLines(text, name);
  if (read === undefined) return undefined;
  if (Array.isArray(read)) return tableOf(read.filter(isFields), name);
  if (!isFields(read)) throw new DatasetError(`${name} holds no table: write "file" and "label" fields.`);
  const entries = Object.entries(read);
  checkSize(entries.length, 0, name);
  const rows = entries.flatMap(([file, label], at) => {
    const cell = cellOf(label);
    return cell === undefined || !FILE.test(file) ? [] : [{ cells: [file, cell], line: at + 1 }];
  });
  return rows.some(({ cells: [file = ''] }) => PICTURE.test(file)) ? [FILES_AND_LABELS, ...rows] : rows;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON Lines; undefined where a line is no JSON. */
function parsedLines(text: string, name: string): unknown[] | undefined {
  const all = text.split(/\r\n?|\n/, MOST_ROWS + 1);
  checkSize(all.length, 0, name);
  const lines = all.filter((line) => line.trim() !== '');
  const read = lines.map(parsed);
  return read.includes(undefined) ? undefined : read;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The names of the fields as the first row, and a row for each object. */
function tableOf(objects: readonly Fields[], name: string): Row[] {
  const names = new Set<string>();
  for (const object of objects) {
    for (const [field, value] of Object.entries(object)) {
      if (cellOf(value) !== undefined && names.size < MOST_COLUMNS) names.add(field);
    }
  }
  checkSize(objects.length, objects.length * names.size, name);
  const rows = objects.map((object, at) => ({
    cells: Array.from(
      names,
      (field) => cellOf(Object.hasOwn(object, field) ? object[field] : undefined) ?? '',
    ),
    line: at + 1,
  }));
  return [{ cells: [...names], line: 0 }, ...rows];
}

function cellOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
