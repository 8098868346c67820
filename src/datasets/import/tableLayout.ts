import { DatasetError } from '../errors';
import { readRows } from './csvRows';

const LABEL_COLUMN =
  /^(labels?|class(es)?|classname|character|char|letter|digit|target|symbol|category|truth|groundtruth|y)$/i;
/** Columns of running numbers, such as pandas adds. */
const NUMBER_COLUMN = /^(|id|index|no|number|unnamed: ?\d+)$/i;
const NUMBER = /^[-+]?(\d+[.,]?\d*|[.,]\d+)(e[-+]?\d+)?$/i;
/** Rows without names in which nothing differs are too few to tell the labels from the pixels. */
const FEW = 20;
/** Classes that columns of 0 and 1 may say. */
const MOST_ONE_HOT = 100;
/** Numbers of a row that are features of a letter, as UCI's sets have them, and not a picture of 4x4. */
const FEATURES = 16;

/** Pixels of the largest picture, with what may stand beside them. */
const MOST_COLUMNS = 1024 ** 2 + MOST_ONE_HOT;
/** Values are counted in so many columns at either end. */
export const COUNTED_COLUMNS = MOST_ONE_HOT;

/** The file is no table of pictures: another one beside it may be. */
export class NoPixelRows extends DatasetError {}

/** What a column holds instead of a pixel. */
export const LABEL = -1;
export const NOTHING = -2;

/** Where the numbers of a table of pictures stand. */
export interface TableLayout {
  readonly hasHead: boolean;
  /** The byte between columns; a blank stands for any number of them. */
  readonly separator: number;
  /** For each column its place in the picture, or what it holds instead. */
  readonly columns: readonly number[];
  /** Pixels of a picture. */
  readonly size: number;
  /** What columns of 0 and 1, one for each class, stand for; where there is a single column, nothing. */
  readonly classes: readonly string[] | undefined;
}

/** What the first rows say. */
export interface TableStart {
  readonly hasHead: boolean;
  readonly separator: number;
  /** The names of the columns, where they have any. */
  readonly names: readonly string[] | undefined;
  readonly width: number;
}

/** What stands in a column, in all rows. */
export interface Column {
  isConstant: boolean;
  /** Each a step further than the last. */
  isRunning: boolean;
  /** Whole numbers or words. */
  isLabel: boolean;
  isBit: boolean;
  first: string | number | undefined;
  last: string | number | undefined;
  /** How often each value stands in it, as far as they are few. */
  readonly counts: Map<string | number, number> | undefined;
}

/** How a table begins: its separator, and whether its first row names the columns. */
export function startOf(first: string, second: string | undefined, name: string): TableStart {
  const text = first.replace(/^\uFEFF/, '');
  const separator = separatorOf(text);
  const cells = cellsOf(text, separator, name);
  const below = second === undefined ? [] : cellsOf(second, separator, name);
  const hasHead = isHead(cells, below);
  const isNamed = hasHead && cells.some((cell) => !NUMBER.test(cell));
  if (cells.length > MOST_COLUMNS)
    throw new NoPixelRows(`${name} has more columns than any picture has pixels.`);
  return {
    hasHead,
    separator: separator.charCodeAt(0),
    names: isNamed ? cells : undefined,
    width: cells.length,
  };
}

function separatorOf(text: string): string {
  const counts = [',', ';', '\t'].map((separator) => ({ separator, count: text.split(separator).length }));
  // of 0,5;0,7 the semicolons are the separators
  const [best] = counts.sort((a, b) => b.count - a.count);
  const semicolons = counts.find(({ separator }) => separator === ';')?.count ?? 0;
  if (semicolons > 4 && best?.separator === ',') return ';';
  return (best?.count ?? 1) > 1 ? (best?.separator ?? ',') : ' ';
}

function cellsOf(text: string, separator: string, name: string): string[] {
  if (separator === ' ') return text.trim().split(/\s+/);
  return readRows(text, separator, name, 1).flatMap((row) => row.cells.map((cell) => cell.trim()));
}

function isHead(cells: readonly string[], below: readonly string[]): boolean {
  const isRunning =
    cells.length > FEATURES && cells.every((cell, at) => Number(cell) === Number(cells[0]) + at);
  if (isRunning || isMangled(cells)) return true;
  const words = cells.flatMap((cell, at) => (NUMBER.test(cell) ? [] : [at]));
  if (words.length === 0) return false;
  const [only = 0] = words;
  const isLabel = words.length === 1 && (only === 0 || only === cells.length - 1);
  if (!isLabel || LABEL_COLUMN.test(cells[only] ?? '')) return words.length > 1 || only > 0 || isLabel;
  const others = cells.filter((_, at) => at !== only).map(Number);
  const counts = others.length > FEATURES && others.every((value, at) => value === (others[0] ?? 0) + at);
  return counts || (below.length > 0 && NUMBER.test(below[only] ?? ''));
}

/** pandas makes names of a first row without any: 0, 0.1, 0.2 where it is 0, 0, 0. */
function isMangled(cells: readonly string[]): boolean {
  const seen = new Map<string, number>();
  let again = 0;
  for (const cell of cells) {
    const [, base = '', suffix] = /^(\d+)(?:\.(\d+))?$/.exec(cell) ?? [];
    const before = seen.get(base) ?? 0;
    if (base === '' || Number(suffix ?? 0) !== before) return false;
    seen.set(base, before + 1);
    if (before > 0) again++;
  }
  return again > 1;
}

/** Columns that may hold labels, and so words, before all rows are known. */
export function mayHoldWords({ names, width }: TableStart): (column: number) => boolean {
  const named = names && namedLabels(names);
  if (named && named.length > 0)
    return (column) => named.includes(column) || NUMBER_COLUMN.test(names[column] ?? '');
  return (column) => column === 0 || column === width - 1;
}

/**
 * Finds what each column holds: by the names in the first row, else by what stands in them.
 *
 * @throws NoPixelRows where no column can be that of labels, or the rest is no picture
 */
export function layoutOf(
  start: TableStart,
  columns: readonly Column[],
  rows: number,
  name: string,
): TableLayout {
  const running = start.names
    ? columns.map((_, at) => NUMBER_COLUMN.test(start.names?.[at] ?? ''))
    : columns.map(({ isRunning }, at) => isRunning && rows >= FEW && at === 0);
  const isAside = (at: number) => running[at] === true || isEmpty(columns[at]);
  const rest = columns.flatMap((_, at) => (isAside(at) ? [] : [at]));
  const labels = start.names
    ? labelByName(start.names, columns, rest, name)
    : labelByContent(columns, rest, rows, name);
  // of several that are called so one says it
  const called = start.names && labels.length === 1 ? namedLabels(start.names) : [];
  let size = 0;
  const held = columns.map((_, at) => {
    if (labels.includes(at)) return LABEL;
    return isAside(at) || called.includes(at) ? NOTHING : size++;
  });
  if (size < 4) throw new NoPixelRows(`${name} has no rows label,pixel,pixel…: check the file.`);
  if (size === FEATURES) {
    throw new NoPixelRows(
      `${name} has 16 numbers a row, which are features of a character and not its picture: give pictures.`,
    );
  }
  const classes = labels.length > 1 ? oneHotNames(start.names, labels) : undefined;
  return { hasHead: start.hasHead, separator: start.separator, columns: held, size, classes };
}

/** A separator behind the last cell of every row makes such a column. */
function isEmpty(column: Column | undefined): boolean {
  return (
    column?.isConstant === true && typeof column.first === 'string' && /^\s*(""\s*)?$/.test(column.first)
  );
}

function namedLabels(names: readonly string[]): number[] {
  const called = names.flatMap((name, at) => (LABEL_COLUMN.test(name.replace(/[\s_-]/g, '')) ? [at] : []));
  if (called.length > 0) return called;
  // the only one that is no pixel by its name
  const odd = names.flatMap((name, at) => (/\d/.test(name) || NUMBER_COLUMN.test(name) ? [] : [at]));
  return odd.length === 1 && names.length > 4 ? odd : [];
}

function labelByName(
  names: readonly string[],
  columns: readonly Column[],
  rest: readonly number[],
  name: string,
): number[] {
  const called = namedLabels(names).filter((at) => rest.includes(at));
  const [telling] = called.filter((at) => columns[at]?.isConstant === false);
  const label = telling ?? called[0];
  if (label !== undefined) return [label];
  const oneHot = names.flatMap((each, at) =>
    /^(label|class|target|char|y|is)[\W_]/i.test(each) ? [at] : [],
  );
  if (oneHot.length > 1 && oneHot.every((at) => columns[at]?.isBit)) return oneHot;
  throw new NoPixelRows(`${name} has no column "label": give the file whose rows are label,pixel,pixel….`);
}

/** The first column or the last, or columns of 0 and 1 there, of which what is left makes a square. */
function labelByContent(
  columns: readonly Column[],
  rest: readonly number[],
  rows: number,
  name: string,
): number[] {
  const oneHot = oneHotAtAnEnd(columns, rest, rows);
  if (oneHot) return oneHot;
  const [first = 0, last = 0] = [rest[0], rest.at(-1)];
  const ends = [first, last].filter((at) => columns[at]?.isLabel === true && !columns[at].isConstant);
  const [one, other] = ends;
  if (one === undefined) {
    // of a few rows the first column is that of labels, as everywhere
    if (rows < FEW) return [first];
    throw new NoPixelRows(
      `${name} has no column that says different things of its rows: name the column of labels in a first row.`,
    );
  }
  if (other === undefined) return [one];
  // a corner of a picture is mostly paper; labels are of many kinds
  return [commonest(columns[one], rows) <= commonest(columns[other], rows) ? one : other];
}

/** Share of the rows that have the most frequent value. */
function commonest(column: Column | undefined, rows: number): number {
  let most = 0;
  for (const count of column?.counts?.values() ?? []) most = Math.max(most, count);
  return most / rows;
}

function oneHotAtAnEnd(
  columns: readonly Column[],
  rest: readonly number[],
  rows: number,
): number[] | undefined {
  const ones = (at: number) => columns[at]?.counts?.get(1) ?? 0;
  for (let count = 2; count <= Math.min(MOST_ONE_HOT, rest.length - 4); count++) {
    if (!Number.isInteger(Math.sqrt(rest.length - count))) continue;
    for (const chosen of [rest.slice(-count), rest.slice(0, count)]) {
      const isOneHot = chosen.every((at) => columns[at]?.isBit === true && ones(at) > 0);
      if (isOneHot && rows >= FEW && chosen.reduce((sum, at) => sum + ones(at), 0) === rows) return chosen;
    }
  }
  return undefined;
}

function oneHotNames(names: readonly string[] | undefined, labels: readonly number[]): string[] {
  return labels.map((at, index) => names?.[at]?.replace(/^[^\W_]+[\W_]/, '') ?? String(index));
}
