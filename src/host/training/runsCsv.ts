import { csvOf } from '../../base/csv';
import type { RunRow } from '../../protocol/pages/runs';
import { SETTING_COLUMNS } from './runRow';

const COLUMNS = [
  'run',
  'state',
  'dataset',
  'network',
  'from',
  'started',
  'seconds',
  'epochs done',
  'best accuracy',
  'last accuracy',
  'last loss',
  'computed on',
];

/** Runs as a table: what they were started with, and what came of them. */
export function runsCsv(rows: readonly RunRow[]): string {
  const header = [...COLUMNS, ...SETTING_COLUMNS.map(({ name }) => name)];
  return csvOf([header, ...rows.map(cellsOf)]);
}

function cellsOf(row: RunRow) {
  return [
    row.name,
    row.state,
    row.dataset,
    row.network,
    row.from,
    row.created,
    row.seconds,
    row.epochsDone,
    row.accuracy,
    row.lastAccuracy,
    row.lastLoss,
    row.backend,
    ...SETTING_COLUMNS.map(({ name }) => row.settings[name]),
  ];
}
