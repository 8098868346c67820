/** Where a key leads from a cell; in the rows above and below to the nearest cell that holds something. */
export function nextCell(cell: HTMLTableCellElement, key: string): HTMLElement | undefined {
  const row = cell.parentElement as HTMLTableRowElement;
  const inRow = buttonsOf(row);
  const here = inRow.findIndex((button) => button.closest('td') === cell);
  switch (key) {
    case 'ArrowRight':
      return inRow[here + 1];
    case 'ArrowLeft':
      return inRow[here - 1];
    case 'Home':
      return inRow[0];
    case 'End':
      return inRow.at(-1);
    case 'ArrowDown':
      return nearest(row.nextElementSibling, cell.cellIndex);
    case 'ArrowUp':
      return nearest(row.previousElementSibling, cell.cellIndex);
    default:
      return undefined;
  }
}

function nearest(row: Element | null, column: number): HTMLElement | undefined {
  const far = (button: Element) => Math.abs((button.closest('td')?.cellIndex ?? 0) - column);
  return row ? buttonsOf(row).sort((a, b) => far(a) - far(b))[0] : undefined;
}

const buttonsOf = (row: Element): HTMLElement[] => [...row.querySelectorAll<HTMLElement>('td > button')];
