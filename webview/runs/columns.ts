import { accuracyPercent, duration } from '../../src/base/words';
import type { RunRow, SettingColumn } from '../../src/protocol/pages/runs';
import { figure } from '../curves/figure';

export type Value = string | number | undefined;

/** What the table says of every run at one place. */
export interface Column {
  readonly key: string;
  readonly label: string;
  /** Numbers stand at the right. */
  readonly isNumber: boolean;
  /** Part of what a run was started with: it is marked where runs differ in it. */
  readonly isSetting: boolean;
  /** What rows are ordered and compared by. */
  readonly value: (row: RunRow) => Value;
  readonly text: (row: RunRow) => string;
}

const text = (key: string, label: string, value: (row: RunRow) => Value, isSetting = false): Column => ({
  key,
  label,
  isNumber: false,
  isSetting,
  value,
  text: (row) => String(value(row) ?? ''),
});

const number = (
  key: string,
  label: string,
  value: (row: RunRow) => number | undefined,
  words: (value: number) => string,
): Column => ({
  key,
  label,
  isNumber: true,
  isSetting: false,
  value,
  text: (row) => {
    const found = value(row);
    return found === undefined ? '–' : words(found);
  },
});

/** Of every run, whatever its settings. */
const ALWAYS: readonly Column[] = [
  text('name', 'Run', ({ name }) => name),
  text('state', 'State', ({ state, where }) => (where === 'elsewhere' ? 'in another window' : state)),
  number('accuracy', 'Best accuracy', ({ accuracy }) => accuracy, accuracyPercent),
  number('lastAccuracy', 'Last accuracy', ({ lastAccuracy }) => lastAccuracy, accuracyPercent),
  number('lastLoss', 'Last loss', ({ lastLoss }) => lastLoss, figure),
  number('seconds', 'Time', ({ seconds }) => (seconds > 0 ? seconds : undefined), duration),
  number('epochsDone', 'Epochs done', ({ epochsDone }) => epochsDone, String),
  {
    ...text('created', 'Started', ({ created }) => created),
    text: ({ created }) => (created === '' ? '–' : created.slice(0, 16).replace('T', ' ')),
  },
  text('dataset', 'Dataset', ({ dataset }) => dataset, true),
  text('network', 'Network', ({ network }) => network, true),
  text('from', 'Continues', ({ from }) => from, true),
  text('backend', 'Computed on', ({ backend }) => backend),
];

/** Every column that there is: what every run has, and its settings. */
export function columnsOf(settings: readonly SettingColumn[]): Column[] {
  return [
    ...ALWAYS,
    ...settings.map(({ name, label }): Column => {
      const value = (row: RunRow) => row.settings[name];
      return {
        ...text(name, label, value, true),
        text: (row) => {
          const found = value(row);
          return typeof found === 'number' ? String(Number(found.toPrecision(4))) : (found ?? '–');
        },
      };
    }),
  ];
}
