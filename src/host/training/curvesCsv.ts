import { csvOf, type Cell } from '../../base/csv';
import type { HistoryLine } from '../../runs/run';

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

/** Every point of the runs' histories as a table. */
export function curvesCsv(runs: readonly NamedHistory[]): string {
  const rows = runs.flatMap(({ name, history }) => history.map((line) => rowOf(name, line)));
  return csvOf([COLUMNS, ...rows]);
}

function rowOf(name: string, line: HistoryLine): Cell[] {
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
