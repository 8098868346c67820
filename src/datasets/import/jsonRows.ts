import { DatasetError } from '../errors';
import type { Row } from './csvRows';

/** More columns than any table of labels has. */
const MOST_COLUMNS = 100;
/** A name without an ending may be that of a class, whose number is called so. */
const FILE = /[./]/;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The rows of a table that is JSON: an object of labels by files; or objects, in a list or one a line, whose fields are
 * the columns. Of the fields texts and numbers count.
 *
 * @returns undefined where the text is no JSON
 * @throws DatasetError where it is, and none of these
 */
export function jsonRows(text: string, name: string): Row[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const read = parsed(text) ?? parsedLines(text);
  if (read === undefined) return undefined;
  if (Array.isArray(read)) return tableOf(read.filter(isFields));
  if (!isFields(read)) throw new DatasetError(`${name} holds no table: write "file" and "label" fields.`);
  return Object.entries(read).flatMap(([file, label], at) => {
    const cell = cellOf(label);
    return cell === undefined || !FILE.test(file) ? [] : [{ cells: [file, cell], line: at + 1 }];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON Lines; undefined where a line is no JSON. */
function parsedLines(text: string): unknown[] | undefined {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  const read = lines.map(parsed);
  return read.includes(undefined) ? undefined : read;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The names of the fields as the first row, and a row for each object. */
function tableOf(objects: readonly Fields[]): Row[] {
  const names = new Set<string>();
  for (const object of objects) {
    for (const [name, value] of Object.entries(object)) {
      if (cellOf(value) !== undefined && names.size < MOST_COLUMNS) names.add(name);
    }
  }
  const rows = objects.map((object, at) => ({
    cells: Array.from(names, (name) => cellOf(Object.hasOwn(object, name) ? object[name] : undefined) ?? ''),
    line: at + 1,
  }));
  return [{ cells: [...names], line: 0 }, ...rows];
}

function cellOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}
