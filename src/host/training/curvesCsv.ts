import type { HistoryLine } from '../../models/run';

export interface NamedHistory {
  readonly name: string;
  readonly history: readonly HistoryLine[];
}

const COLUMNS = [
  'run',
  'type',
  'epoch',
  'loss',
  'accuracy',
  'validation loss',
  'validation accuracy',
  'learning rate',
  'seconds',
];

/** Every point of the runs' histories as a table (RFC 4180). */
export function curvesCsv(runs: readonly NamedHistory[]): string {
  const rows = runs.flatMap(({ name, history }) => history.map((line) => rowOf(name, line)));
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function rowOf(name: string, line: HistoryLine): (string | number | undefined)[] {
  const { type, epoch, loss, accuracy, learningRate } = line;
  const ofEpoch = type === 'epoch' ? line : undefined;
  return [
    name,
    type,
    epoch,
    loss,
    accuracy,
    ofEpoch?.validationLoss,
    ofEpoch?.validationAccuracy,
    learningRate,
    ofEpoch?.seconds,
  ];
}

function cell(value: string | number | undefined): string {
  const text = String(value ?? '');
  // a spreadsheet takes what begins so for a formula
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
