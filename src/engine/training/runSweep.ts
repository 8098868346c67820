import { rm } from 'node:fs/promises';
import { largestOf } from '../../base/vectors';
import { UserError } from '../../base/userError';
import type { CardEpoch } from '../../models/card';
import { ModelError } from '../../models/errors';
import type { ModelStore } from '../../models/modelStore';
import { NetworkError } from '../../networks/network';
import { readEpochs, readState } from '../../runs/runFolder';
import { keepBest } from '../../runs/sweep/keepBest';
import { nextTrial, ranked, rungsOf, type NextTrial } from '../../runs/sweep/nextTrial';
import type { SweepFile, SweepTrial } from '../../runs/sweep/sweepFile';
import { holdSweep, readSweep, trialFolder, trialModel, writeSweep } from '../../runs/sweep/sweepStore';
import { BackendLostError } from '../backends/errors';
import { RunControl } from './runControl';
import { trainRun, type TrainOptions } from './trainRun';

export interface SweepOptions {
  /** The sweep's folder. */
  readonly folder: string;
  readonly home: string;
  /** Where the best model goes. */
  readonly models: ModelStore;
  /** Aborted when the search is to rest: the trial that trains keeps a checkpoint. */
  readonly rest: AbortSignal;
  /** Before each piece of training. */
  readonly onTrial?: (next: NextTrial, trial: SweepTrial) => void;
  /** After it, with what the trial is now. */
  readonly onScore?: (next: NextTrial, trial: SweepTrial) => void;
  readonly training?: Pick<TrainOptions, 'threads' | 'backend' | 'onBackend' | 'onProgress' | 'onEpoch'>;
}

/** What came of a search, or of a piece of it: `advanced` where it may go on. */
export interface SweepResult<Outcome = 'finished' | 'resting'> {
  readonly outcome: Outcome;
  readonly sweep: SweepFile;
}

/**
 * Goes on with a sweep until every trial has had its turn, and adds the best trial's model to the others. Whatever
 * ends the process, the next one goes on behind the last epoch that was saved.
 *
 * @throws UserError where no trial can be trained at all, or another process has the sweep
 */
export function runSweep(options: SweepOptions): Promise<SweepResult> {
  return withSweep(options, async (search) => {
    for (;;) {
      const { outcome, sweep } = await search.advance();
      if (outcome !== 'advanced') return { outcome, sweep };
    }
  });
}

/** Goes on with a sweep as `runSweep` does, but only until the next trial has been compared. */
export function advanceSweep(
  options: SweepOptions,
): Promise<SweepResult<'advanced' | 'finished' | 'resting'>> {
  return withSweep(options, (search) => search.advance());
}

async function withSweep<T>(options: SweepOptions, work: (search: Search) => Promise<T>): Promise<T> {
  const held = await holdSweep(options.folder);
  try {
    return await work(new Search(options, await readSweep(options.folder)));
  } finally {
    await held.release();
  }
}

class Search {
  constructor(
    private readonly options: SweepOptions,
    private readonly sweep: SweepFile,
  ) {}

  /** Trains the next trial as far as it should be; keeps the best model where none is left. */
  async advance(): Promise<SweepResult<'advanced' | 'finished' | 'resting'>> {
    const { rest, folder, models } = this.options;
    const { sweep } = this;
    const next = nextTrial(sweep);
    if (!next) {
      await keepBest(folder, sweep, models);
      return { outcome: 'finished', sweep };
    }
    const advanced = !rest.aborted && (await this.advanceTrial(next));
    return { outcome: advanced ? 'advanced' : 'resting', sweep };
  }

  /** @returns whether the trial was trained as far as it should be */
  private async advanceTrial(next: NextTrial): Promise<boolean> {
    const { folder, onTrial, onScore } = this.options;
    const trial = this.sweep.trials[next.place] as SweepTrial;
    onTrial?.(next, trial);
    try {
      if (!(await this.train(next))) return false;
      await this.score(next, trial);
    } catch (error) {
      if (!isOfTrial(error)) throw error;
      Object.assign(trial, { state: 'failed', message: error.message });
    }
    await writeSweep(folder, this.sweep);
    this.failIfAllDid();
    await this.dropModels();
    onScore?.(next, trial);
    return true;
  }

  /** @returns whether the run is as far as it should be */
  private async train({ place, epochs }: NextTrial): Promise<boolean> {
    const { folder, home, models, rest, training } = this.options;
    const run = trialFolder(folder, place);
    const isThere = async () =>
      (await readState(run)).model !== undefined || (await readEpochs(run)).length >= epochs;
    if (await isThere()) return true;
    const control = new RunControl();
    const leave = () => control.leave();
    rest.addEventListener('abort', leave);
    if (rest.aborted) leave();
    try {
      await trainRun({
        ...training,
        folder: run,
        home,
        models,
        control,
        out: trialModel(folder, place),
        onEpoch: (done) => {
          training?.onEpoch?.(done);
          if (done.epoch >= epochs && epochs < this.sweep.epochs) control.end('pause');
        },
      });
    } finally {
      rest.removeEventListener('abort', leave);
    }
    return isThere();
  }

  private async score({ place, epochs }: NextTrial, trial: SweepTrial): Promise<void> {
    const run = trialFolder(this.options.folder, place);
    const history = await readEpochs(run);
    const finished = (await readState(run)).model !== undefined;
    // a run that ended by itself is compared at every rung that it would have come to
    const rungs = finished ? rungsOf(this.sweep).filter((rung) => rung >= epochs) : [epochs];
    for (const rung of rungs) trial.scores.push({ epochs: rung, accuracy: bestOf(history.slice(0, rung)) });
    trial.state = finished ? 'finished' : 'resting';
  }

  /** @throws UserError with the reason, where the first trials have all failed for the same one */
  private failIfAllDid(): void {
    const tried = this.sweep.trials.filter(({ state }) => state !== 'waiting');
    const reasons = new Set(tried.map(({ message }) => message));
    const [reason] = reasons;
    const all = tried.length === Math.min(3, this.sweep.trials.length);
    if (all && reasons.size === 1 && reason !== undefined) throw new UserError(reason);
  }

  /** Takes the models from the disk that are not the best any more. */
  private async dropModels(): Promise<void> {
    const { trials } = this.sweep;
    const [, ...others] = ranked(trials).filter((place) => trials[place]?.state === 'finished');
    for (const place of others)
      await rm(trialModel(this.options.folder, place), { recursive: true, force: true });
  }
}

/** Whether these values make the training impossible, which says nothing of the others. */
function isOfTrial(error: unknown): error is Error {
  if (error instanceof BackendLostError) return error.loss === 'memory';
  return error instanceof ModelError || error instanceof NetworkError;
}

/** The best validation accuracy; a sweep's runs all hold samples out. */
function bestOf(history: readonly CardEpoch[]): number {
  return largestOf(
    history.map(({ validationAccuracy }) => validationAccuracy ?? 0),
    0,
  );
}
