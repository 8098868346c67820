import type { SweepFile, SweepTrial } from './sweepFile';

/** The trial to train next, and after how many epochs it is compared with the others. */
export interface NextTrial {
  readonly place: number;
  readonly epochs: number;
}

type Search = Pick<SweepFile, 'method' | 'trials' | 'epochs' | 'firstEpochs' | 'reduction'>;

/** Numbers of epochs after which trials are compared; the last is the whole run. */
export function rungsOf({ method, firstEpochs, reduction, epochs }: Omit<Search, 'trials'>): number[] {
  if (method !== 'halving') return [epochs];
  const rungs: number[] = [];
  for (let rung = firstEpochs; rung < epochs; rung *= reduction) rungs.push(rung);
  return [...rungs, epochs];
}

/**
 * What to train next; undefined once the search is over. Halving is asynchronous (ASHA; Li et al. 2020, algorithm 2):
 * a trial goes on to the next rung as soon as it is among the best of those that have reached its own, the highest
 * rung first; else a new one begins. Once none is left to begin, the best of each rung goes on, so that one reaches the
 * end.
 */
export function nextTrial(search: Search): NextTrial | undefined {
  const { trials, reduction } = search;
  const rungs = rungsOf(search);
  const isNew = ({ state }: SweepTrial) => state === 'waiting';
  const waiting = trials.findIndex(isNew);
  for (let rung = rungs.length - 2; rung >= 0; rung--) {
    const epochs = rungs[rung] ?? 0;
    const reached = rankedAt(trials, epochs);
    const most = Math.floor(reached.length / reduction);
    const good = reached.slice(0, waiting < 0 && rung === highest(trials, rungs) ? Math.max(1, most) : most);
    const place = good.find((each) => isResting(trials[each], epochs));
    if (place !== undefined) return { place, epochs: rungs[rung + 1] ?? epochs };
  }
  return waiting < 0 ? undefined : { place: waiting, epochs: rungs[0] ?? 1 };
}

/** The highest rung that a trial has reached. */
function highest(trials: readonly SweepTrial[], rungs: readonly number[]): number {
  return rungs.findLastIndex((epochs) => rankedAt(trials, epochs).length > 0);
}

/** Whether a trial was compared after so many epochs last, and may go on. */
function isResting(trial: SweepTrial | undefined, epochs: number): boolean {
  return trial?.state === 'resting' && trial.scores.at(-1)?.epochs === epochs;
}

/** Places of the trials that were compared after so many epochs, the best first. */
function rankedAt(trials: readonly SweepTrial[], epochs: number): number[] {
  const score = (place: number) => scoreAfter(trials[place], epochs);
  const reached = trials.flatMap((_, place) => (score(place) === undefined ? [] : [place]));
  return reached.sort((a, b) => (score(b) ?? 0) - (score(a) ?? 0) || a - b);
}

/** Undefined of a trial that did not get there, or failed since. */
function scoreAfter(trial: SweepTrial | undefined, epochs: number): number | undefined {
  if (trial?.state === 'failed') return undefined;
  return trial?.scores.find((each) => each.epochs === epochs)?.accuracy;
}

/** Places of the trials that have a score and did not fail: who got furthest first, of these the best. */
export function ranked(trials: readonly SweepTrial[]): number[] {
  const last = (place: number) => trials[place]?.scores.at(-1) ?? { epochs: 0, accuracy: 0 };
  const scored = trials.flatMap(({ scores, state }, place) =>
    scores.length > 0 && state !== 'failed' ? [place] : [],
  );
  return scored.sort(
    (a, b) => last(b).epochs - last(a).epochs || last(b).accuracy - last(a).accuracy || a - b,
  );
}
