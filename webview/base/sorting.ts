import { html, nothing } from 'lit';

/** How a table is sorted by a column, in the words of `aria-sort`. */
export type SortOrder = 'ascending' | 'descending' | 'none';

export function sortOrder(isSorted: boolean, descending: boolean): SortOrder {
  if (!isSorted) return 'none';
  return descending ? 'descending' : 'ascending';
}

/** The arrow beside the name of the column that a table is sorted by. */
export function sortArrow(order: SortOrder) {
  if (order === 'none') return nothing;
  const icon = order === 'descending' ? 'arrow-down' : 'arrow-up';
  return html`<span class="codicon codicon-${icon}" aria-hidden="true"></span>`;
}

/** Orders numbers by size, and texts as they are written. */
export function compared(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return a < b ? -1 : Number(a > b);
}
