import { accuracyPercent } from '../../src/base/words';
import type { ShownSweep, ShownTrial } from '../../src/protocol/pages/sweep';
import { valueText } from './axes';

type Value = string | number | undefined;

/** What the table says of every trial at one place. */
export interface Column {
  readonly key: string;
  readonly label: string;
  /** What rows are ordered by. */
  readonly value: (trial: ShownTrial) => Value;
  readonly text: (trial: ShownTrial) => string;
}

/** The columns from left to right: the trial, its result, what it was made with. */
export function columnsOf({ axes }: Pick<ShownSweep, 'axes'>): Column[] {
  return [
    { key: 'trial', label: 'Trial', value: ({ number }) => number, text: ({ number }) => String(number) },
    {
      key: 'accuracy',
      label: 'Validation accuracy',
      value: ({ accuracy }) => accuracy,
      text: ({ accuracy }) => (accuracy === undefined ? '–' : accuracyPercent(accuracy)),
    },
    {
      key: 'epochs',
      label: 'Epochs',
      value: ({ epochs }) => epochs,
      text: ({ epochs }) => (epochs === 0 ? '–' : String(epochs)),
    },
    { key: 'state', label: 'State', value: ({ state }) => state, text: ({ state }) => state },
    ...axes.map(({ name, label }): Column => ({
      key: name,
      label,
      value: ({ values }) => values[name],
      text: ({ values }) => valueText(values[name]),
    })),
  ];
}

/** The trials in a column's order; those without a value are last, those that are alike by their number. */
export function sorted(
  trials: readonly ShownTrial[],
  column: Column | undefined,
  descending: boolean,
): ShownTrial[] {
  const sign = descending ? -1 : 1;
  return [...trials].sort(
    (a, b) => compared(column?.value(a), column?.value(b), sign) || a.number - b.number,
  );
}

function compared(a: Value, b: Value, sign: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * String(a).localeCompare(String(b), 'en', { numeric: true });
}
