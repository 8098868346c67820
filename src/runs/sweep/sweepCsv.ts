import { csvOf } from '../../base/csv';
import type { SweepFile } from './sweepFile';

/** A sweep's trials as a table: what each was made with, how far it was trained, and how good it is. */
export function sweepCsv({ parameters, trials }: Pick<SweepFile, 'parameters' | 'trials'>): string {
  const names = parameters.map(({ name }) => name);
  const rows = trials.map(({ values, state, scores }, place) => {
    const last = scores.at(-1);
    return [place + 1, ...names.map((name) => values[name]), state, last?.epochs, last?.accuracy];
  });
  return csvOf([['trial', ...names, 'state', 'epochs', 'validation accuracy'], ...rows]);
}
