/** A value of a table; an empty cell where there is none. */
export type Cell = string | number | undefined;

/** A table as CSV (RFC 4180), safe to open in a spreadsheet whatever its texts are. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(fieldOf).join(',')}\r\n`).join('');
}

function fieldOf(value: Cell): string {
  const text = typeof value === 'string' ? withoutFormula(value) : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet takes what begins so for a formula; a number is none, nor a sign alone, such as a class may be. */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r](?!\d+(\.\d+)?$)./su.test(text) ? `'${text}` : text;
}
