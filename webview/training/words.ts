import { percentDone } from '../../src/base/words';
import type { Progress, RunSummary } from '../../src/protocol/pages/training';

const PHASES: Record<Progress['phase'], string> = {
  preparing: 'preparing the data',
  training: 'training',
  validating: 'validating',
  saving: 'saving',
};

export function phaseInWords(phase: Progress['phase']): string {
  return PHASES[phase];
}

/** Where a run stands, in a few words. */
export function stateInWords({ state, where, turn, done, total }: RunSummary): string {
  if (state === 'running' && where === 'elsewhere') return 'running in another window';
  if (state === 'waiting') return turn === 1 ? 'waiting, the next' : `waiting, number ${turn}`;
  const share = total > 0 ? ` at ${percentDone(done, total)}` : '';
  return state === 'finished' || state === 'running' ? state : `${state}${share}`;
}

/** The epoch that a run is in, from 1. */
export function epochOf({ done, total }: { done: number; total: number }, epochs: number): number {
  return total > 0 ? Math.min(epochs, Math.floor((epochs * done) / total) + 1) : 1;
}
