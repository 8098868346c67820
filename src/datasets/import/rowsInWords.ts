/** How a sentence on a table counts its rows. */
export function rowsInWords(count: number): string {
  return count === 1 ? 'a row' : `${String(count)} rows`;
}
