import { checkSize, MOST_ROWS, readRows, type Row } from './csvRows';
import { jsonRows } from './jsonRows';

const SEPARATORS = ['\t', ',', ';', '|'];
/** Rows by which a separator is known. */
const LOOKED_AT = 20;

/** The rows of a table of text, empty ones left out. */
export interface TextTable {
  readonly rows: readonly Row[];
  /** Blanks stand between the cells, of which the first may have some in it. */
  readonly isSpaced: boolean;
}

/**
 * Reads a table whatever stands between its cells: tabs, commas, semicolons, bars, or blanks; what Excel writes first
 * (`sep=;`) says it. JSON may be a table, too. Of blanks, a row is a name, which may have blanks in it, and the last word; lines of notes behind a
 * `#` are none.
 *
 * @param most rows to read
 * @throws DatasetError where a quoted cell does not end
 */
export function readTextTable(text: string, name: string, most?: number): TextTable {
  const json = jsonRows(text, name);
  if (json) return { isSpaced: false, rows: json.slice(0, most) };
  const told = /^\uFEFF?sep=(.)(?:\r\n?|\n)/i.exec(text);
  const separator = told?.[1] ?? separatorOf(text);
  if (separator === undefined) {
    const written = text.split(/\r\n?|\n/, most ?? MOST_ROWS + 1);
    checkSize(written.length, 0, name);
    const lines = written.map((line, index) => ({ cells: wordsOf(line), line: index + 1 }));
    return { isSpaced: true, rows: lines.filter(({ cells }) => isSaid(cells) && !cells[0]?.startsWith('#')) };
  }
  // the line is left empty, so that those behind it keep their numbers
  const rows = readRows(told ? text.replace(/^.*/, '') : text, separator, name, most);
  return { isSpaced: false, rows: rows.filter(({ cells }) => isSaid(cells)) };
}

function isSaid(cells: readonly string[]): boolean {
  return cells.length > 1 || cells[0]?.trim() !== '';
}

/** The one that stands in every row equally often, most often; else the first that stands in the first row. */
function separatorOf(text: string): string | undefined {
  const lines = text.split(/\r\n?|\n/, LOOKED_AT).filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  const counts = (separator: string) =>
    // those in quotes are no separators
    lines.map((line) => line.replace(/"[^"]*"/g, '').split(separator).length - 1);
  const found = SEPARATORS.map((separator) => ({ separator, counts: counts(separator) }));
  const even = found.filter(
    ({ counts: [one = 0, ...others] }) => one > 0 && others.every((each) => each === one),
  );
  const [best] = even.sort((a, b) => (b.counts[0] ?? 0) - (a.counts[0] ?? 0));
  return best?.separator ?? SEPARATORS.slice(0, 3).find((separator) => first.includes(separator));
}

/** A file's name, which may have blanks in it, and the label behind the last one, or behind a colon and the like. */
function wordsOf(line: string): string[] {
  const trimmed = line.trim();
  const at = trimmed.search(/\s\S*$/);
  if (at >= 0) return [trimmed.slice(0, at).replace(/\s*(:|=>?|->)?\s*$/, ''), trimmed.slice(at + 1)];
  return trimmed.split(/(?<=\.\w{2,5})[:=]/, 2);
}
