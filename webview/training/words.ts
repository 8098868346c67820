import type { Progress, RunSummary } from '../../src/protocol/trainingView';

/** A fraction as a percentage with one digit; two near the end, where they tell. */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(fraction >= 0.99 && fraction < 1 ? 2 : 1)}%`;
}

/** A figure with the digits that tell. */
export function figure(value: number): string {
  const [digits = '', power] = value.toExponential(2).split('e');
  const size = Number(power);
  return value === 0 || (size >= -3 && size < 4)
    ? String(Number(value.toPrecision(3)))
    : `${Number(digits)}e${size}`;
}

/** A time as people say it: 40 s, 12 min, 2 h 5 min. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

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
export function stateInWords({ state, where, done, total }: RunSummary): string {
  if (state === 'running' && where === 'elsewhere') return 'running in another window';
  const share = total > 0 ? ` at ${Math.floor((100 * done) / total)}%` : '';
  return state === 'finished' || state === 'running' ? state : `${state}${share}`;
}

/** The epoch that a run is in, from 1. */
export function epochOf({ done, total }: { done: number; total: number }, epochs: number): number {
  return total > 0 ? Math.min(epochs, Math.floor((epochs * done) / total) + 1) : 1;
}
