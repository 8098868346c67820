import { cp, rm } from 'node:fs/promises';
import { largestOf } from '../../base/vectors';
import { UserError } from '../../base/userError';
import type { CardEpoch } from '../../models/card';
import { ModelError } from '../../models/errors';
import { readAnyCard, writeCard } from '../../models/modelFolder';
import { isLineCard } from '../../models/lineCard';
import type { ModelStore } from '../../models/modelStore';
import { NetworkError } from '../../networks/network';
import { readEpochs, readState } from '../../runs/runFolder';
import { nextTrial, ranked, rungsOf, type NextTrial } from '../../runs/sweep/nextTrial';
import type { SweepFile, SweepTrial } from '../../runs/sweep/sweepFile';
import { holdSweep, readSweep, trialFolder, trialModel, writeSweep } from '../../runs/sweep/sweepStore';
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
  readonly training?: Pick<TrainOptions, 'threads' | 'onBackend'>;
}

/** What came of a search. */
export interface SweepResult {
  readonly outcome: 'finished' | 'resting';
  readonly sweep: SweepFile;
}

/**
 * Goes on with a sweep until every trial has had its turn, and adds the best trial's model to the others. Whatever
 * ends the process, the next one goes on behind the last epoch that was saved.
 *
 * @throws UserError where no trial can be trained at all, or another process has the sweep
 */
export async function runSweep(options: SweepOptions): Promise<SweepResult> {
  const held = await holdSweep(options.folder);
  try {
    return await new Search(options, await readSweep(options.folder)).run();
  } finally {
    await held.release();
  }
}

class Search {
  constructor(
    private readonly options: SweepOptions,
    private readonly sweep: SweepFile,
  ) {}

  async run(): Promise<SweepResult> {
    const { rest } = this.options;
    for (let next = nextTrial(this.sweep); next; next = nextTrial(this.sweep)) {
      if (rest.aborted || !(await this.advance(next))) return { outcome: 'resting', sweep: this.sweep };
    }
    await this.keepBest();
    return { outcome: 'finished', sweep: this.sweep };
  }

  /** @returns whether the trial was trained as far as it should be */
  private async advance(next: NextTrial): Promise<boolean> {
    const { folder, onTrial, onScore } = this.options;
    const trial = this.sweep.trials[next.place] as SweepTrial;
    onTrial?.(next, trial);
    try {
      if (!(await this.train(next))) return false;
      await this.score(next, trial);
    } catch (error) {
      // what these values make impossible says nothing of the others
      if (!(error instanceof ModelError || error instanceof NetworkError)) throw error;
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
    try {
      await trainRun({
        ...training,
        folder: run,
        home,
        models,
        control,
        out: trialModel(folder, place),
        onEpoch: ({ epoch }) => {
          if (epoch >= epochs && epochs < this.sweep.epochs) control.end('pause');
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

  /** Adds the best trial's model to the others, under the sweep's name. */
  private async keepBest(): Promise<void> {
    const { folder, models } = this.options;
    const [best] = ranked(this.sweep.trials);
    if (this.sweep.model !== undefined || best === undefined) return;
    if (this.sweep.trials[best]?.state !== 'finished') return;
    const from = trialModel(folder, best);
    const card = await readAnyCard(from);
    const write = async (to: string, name: string) => {
      await cp(from, to, { recursive: true });
      await writeCard(to, { ...card, name });
    };
    const { name } = this.sweep;
    const added = await (isLineCard(card) ? models.addLines(name, write) : models.add(name, write));
    this.sweep.model = added.folder;
    await writeSweep(folder, this.sweep);
    await rm(from, { recursive: true, force: true });
  }
}

/** The best validation accuracy; a sweep's runs all hold samples out. */
function bestOf(history: readonly CardEpoch[]): number {
  return largestOf(
    history.map(({ validationAccuracy }) => validationAccuracy ?? 0),
    0,
  );
}
