import type { RunRow } from '../../src/protocol/pages/runs';
import type { Column, Value } from './columns';

/** How the table is looked at. */
export interface Arrangement {
  /** Words that a row has, such as `adam` or `optimizer=adam`. */
  readonly filter: string;
  /** A column's key. */
  readonly sort: string;
  readonly descending: boolean;
  /** Key of the column that rows are put together by; none where it is empty. */
  readonly group: string;
}

/** A line of the table. */
export type Item =
  | {
      readonly kind: 'group';
      readonly name: string;
      readonly rows: readonly RunRow[];
      readonly folded: boolean;
    }
  | { readonly kind: 'run'; readonly row: RunRow };

/** The rows that have all words of the filter, in order; those without a value are last. */
export function arranged(
  rows: readonly RunRow[],
  columns: readonly Column[],
  { filter, sort, descending }: Arrangement,
): RunRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter((row) => {
    const text = words.length > 0 ? textOf(row, columns) : '';
    return words.every((word) => text.includes(word));
  });
  const column = columns.find(({ key }) => key === sort);
  if (!column) return found;
  const sign = descending ? -1 : 1;
  return found.sort((a, b) => compared(column.value(a), column.value(b), sign));
}

/** The lines of the table: the rows, put together by a column where that is asked for. */
export function itemsOf(
  rows: readonly RunRow[],
  column: Column | undefined,
  folded: ReadonlySet<string>,
): Item[] {
  if (!column) return rows.map((row) => ({ kind: 'run', row }));
  const groups = new Map<string, RunRow[]>();
  for (const row of rows) {
    const name = column.text(row);
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return [...groups].flatMap(([name, of]): Item[] => {
    const isFolded = folded.has(name);
    const head: Item = { kind: 'group', name, rows: of, folded: isFolded };
    return [head, ...(isFolded ? [] : of.map((row): Item => ({ kind: 'run', row })))];
  });
}

/**
 * What most runs have in each setting in which they differ, by the columns' keys: whoever has another value is marked. Of
 * values that are as frequent the first counts.
 */
export function usualValues(rows: readonly RunRow[], columns: readonly Column[]): Map<string, Value> {
  const usual = new Map<string, Value>();
  for (const { key, value, isSetting } of columns) {
    if (!isSetting) continue;
    const counts = new Map<Value, number>();
    for (const row of rows) counts.set(value(row), (counts.get(value(row)) ?? 0) + 1);
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    if (most && counts.size > 1) usual.set(key, most[0]);
  }
  return usual;
}

function textOf(row: RunRow, columns: readonly Column[]): string {
  return columns.map((column) => `${column.key}=${column.text(row)}`.toLowerCase()).join('\n');
}

function compared(a: Value, b: Value, sign: number): number {
  const isMissing = (value: Value) => value === undefined || value === '';
  if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b));
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * String(a).localeCompare(String(b), 'en', { numeric: true });
}
