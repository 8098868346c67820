import type { Row } from './csvRows';
import type { Locator } from './locator';

/** What tables call the column of files, without what is no letter in it. */
const FILE_COLUMN =
  /^(image|img|picture|pic|photo|scan|sample|file|ink)?s?(file)?(name|path|location|url|id)?s?$/i;
/** What they call that of labels, the surest first. */
const LABEL_COLUMNS = [
  /^(label|class(es)?|character|char|letter|latex|groundtruth|gt|truth|transcription)s?(name|text)?$/i,
  /^(symbol|glyph|digit|text|target|word|annotation|category|unicode|codepoint|y|value|tag)s?(name)?$/i,
  /^(label|class|character|char|symbol|category|target)(id|index|idx|number|no)$/i,
];
const SPLIT_COLUMN = /^(split|set|subset|partition|usage|fold|purpose)$/i;
/** A column that says of which split a row is, or one of several that do. */
const SPLIT = /^\W*(is)?[\W_]*(train|val|valid|test|split)/i;
/** Fewer numbers one behind the other may be digits. */
const RUNNING = 11;
/** Of a longer cell the rest says nothing of its column. */
const LONGEST_NAME = 100;
/** Rows by which columns are known. */
const LOOKED_AT = 2000;

/** Where the cells of a table stand. */
export interface LabelColumns {
  readonly hasHead: boolean;
  readonly file: number;
  /** One column; or several, of which the one with a 1 says the class, by its name. */
  readonly label: number | readonly OneHot[];
  readonly split: number;
}

export interface OneHot {
  readonly column: number;
  readonly label: string;
}

/**
 * Finds the columns of files and of labels: by the names in the first row, and by what stands in them. A column of
 * running numbers is none of labels, nor is one that says the same of every file where another does not.
 *
 * @returns undefined where no column names files; without a label where none is known as that
 */
export function labelColumnsOf(
  rows: readonly Row[],
  locate: Locator,
): (Omit<LabelColumns, 'label'> & { readonly label: LabelColumns['label'] | undefined }) | undefined {
  const [first, ...others] = rows.slice(0, LOOKED_AT);
  if (!first) return undefined;
  const width = Math.max(first.cells.length, ...others.slice(0, 20).map(({ cells }) => cells.length));
  const names = Array.from({ length: width }, (_, column) => squashed(first.cells[column]));
  const heads = (pattern: RegExp) => names.flatMap((name, column) => (pattern.test(name) ? [column] : []));
  const isNamed = (column: number) => FILE_COLUMN.test(names[column] ?? '') && names[column] !== '';
  const columns = names.map((_, column) => column);
  const found = (column: number, among: readonly Row[]) =>
    among.filter(({ cells }) => locate(cells[column] ?? '') !== undefined).length;
  const headFinds = columns.some((column) => found(column, [first]) > 0);
  const isHead =
    !headFinds &&
    ((heads(FILE_COLUMN).some(isNamed) && LABEL_COLUMNS.some((pattern) => heads(pattern).length > 0)) ||
      columns.some((column) => found(column, others) > 0));
  const content = isHead ? others : [first, ...others];
  const [file] = columns
    .map((column) => ({ column, files: found(column, content), isNamed: isHead && isNamed(column) }))
    .filter(({ files, isNamed: named }) => files > content.length / 2 || named)
    .sort((a, b) => b.files - a.files || Number(b.isNamed) - Number(a.isNamed));
  if (!file) return undefined;
  const rest = columns.filter((column) => column !== file.column);
  const split = isHead ? (heads(SPLIT_COLUMN).find((column) => column !== file.column) ?? -1) : -1;
  const choose = isHead ? labelByName(first.cells, names, rest, content) : undefined;
  const label =
    choose ??
    labelByContent(
      rest.filter((column) => column !== split),
      content,
    );
  return { hasHead: isHead, file: file.column, label, split };
}

function squashed(cell = ''): string {
  return cell
    .slice(0, LONGEST_NAME)
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function labelByName(
  head: readonly string[],
  names: readonly string[],
  rest: readonly number[],
  content: readonly Row[],
): number | readonly OneHot[] | undefined {
  const named = LABEL_COLUMNS.flatMap((pattern) =>
    rest.filter((column) => pattern.test(names[column] ?? '')),
  );
  const oneHot = oneHotOf(head, rest, content);
  const isPartOf = (column: number) => oneHot?.some((each) => each.column === column) ?? false;
  const telling = named.filter((column) => isTelling(column, content) && !isPartOf(column));
  // of few rows a running number may be the digits, but not beside another column that says what they are
  const label = telling.find((column) => !isCounting(column, content)) ?? telling[0];
  return label ?? oneHot ?? named.find((column) => !isRunning(column, content));
}

/** The only column that can be one of labels; of two, the second, where the first row names none. */
function labelByContent(rest: readonly number[], content: readonly Row[]): number | undefined {
  const [only, second] = rest.filter((column) => isTelling(column, content));
  if (only !== undefined) return second === undefined ? only : undefined;
  // too few rows to tell
  return rest.length === 1 ? rest[0] : undefined;
}

/** Whether a column says different things, and is not running numbers. */
function isTelling(column: number, content: readonly Row[]): boolean {
  const values = new Set(valuesOf(column, content));
  return values.size > 1 && !isRunning(column, content);
}

function isRunning(column: number, content: readonly Row[]): boolean {
  return valuesOf(column, content).length >= RUNNING && isCounting(column, content);
}

/** Whether each row has a number a step further than the one before. */
function isCounting(column: number, content: readonly Row[]): boolean {
  const values = valuesOf(column, content).map(Number);
  return values.every((value, at) => value === (values[0] ?? 0) + at);
}

function valuesOf(column: number, content: readonly Row[]): string[] {
  return content.map(({ cells }) => (cells[column] ?? '').trim()).filter((value) => value !== '');
}

/** Whether a cell of a column of 0 and 1, or of true and false, says that the row is of its class. */
export function isOneHot(cell = ''): boolean {
  return /^\s*(1(\.0+)?|true)\s*$/i.test(cell);
}

/** Columns of 0 and 1 of which no row has more than one 1, and most have one; undefined where there are none. */
function oneHotOf(
  head: readonly string[],
  rest: readonly number[],
  content: readonly Row[],
): readonly OneHot[] | undefined {
  const bits = rest.filter((column) => {
    const values = valuesOf(column, content);
    return (
      values.length === content.length && values.every((value) => /^([01](\.0+)?|true|false)$/i.test(value))
    );
  });
  const isOne = (column: number) => (row: Row) => isOneHot(row.cells[column]);
  const ones = content.map((row) => bits.filter((column) => isOne(column)(row)).length);
  const isWhole =
    ones.every((count) => count <= 1) && 2 * ones.filter((count) => count === 1).length > ones.length;
  const used = bits.filter((column) => content.some(isOne(column)));
  // of which split a row is looks the same
  if (
    used.length < 2 ||
    !isWhole ||
    bits.some((column) => SPLIT.test(head[column]?.slice(0, LONGEST_NAME) ?? ''))
  )
    return undefined;
  const names = bits.map((column) => head[column]?.trim() ?? '');
  const shared = sharedStart(names);
  return bits.map((column, at) => ({ column, label: names[at]?.slice(shared.length) ?? '' }));
}

/** What all names begin with, up to a separator: `label_` of `label_A` and `label_B`. */
function sharedStart(names: readonly string[]): string {
  const start = /^.+[_.:=-]/.exec(names[0] ?? '')?.[0] ?? '';
  return names.every((name) => name.startsWith(start) && name.length > start.length) ? start : '';
}
