import { Emitter } from 'vscode-jsonrpc';
import { Turns } from '../../../base/turns';
import { UserError } from '../../../base/userError';
import type { ModelStore } from '../../../models/modelStore';
import type { TrainingProgress } from '../../../protocol/engine/training';
import type { SweepStanding } from '../../../protocol/pages/sweep';
import type { RunFile } from '../../../runs/run';
import { readHistory, readRun } from '../../../runs/runFolder';
import { RunQueue } from '../../../runs/runQueue';
import { RunStore } from '../../../runs/runStore';
import { keepBest } from '../../../runs/sweep/keepBest';
import { isDone } from '../../../runs/sweep/isDone';
import type { NextTrial } from '../../../runs/sweep/nextTrial';
import type { SweepFile } from '../../../runs/sweep/sweepFile';
import {
  holdForWindow,
  holdSweep,
  isHeldByWindow,
  isTraining,
  readSweep,
  type StoredSweep,
  SweepStore,
  trialFolder,
} from '../../../runs/sweep/sweepStore';
import type { Removed } from '../../../storage/folderStore';
import type { EngineLog } from '../../engine/engineProcess';
import { Curve } from '../curve';
import { LiveSweep, type SweepEnd } from './liveSweep';
import { TrainingPlaces } from './trainingPlaces';

export interface SweepsOptions {
  /** The folder of datasets, models and runs. */
  readonly home: string;
  /** The engine's script. */
  readonly script: string;
  /** Where the best models go. */
  readonly models: ModelStore;
  readonly log: EngineLog;
  /**
   * Sees that a dataset can be opened.
   *
   * @throws UserError where it cannot
   */
  readonly openData: (dataset: string) => Promise<void>;
  /** How many runs may train at once on this machine. */
  readonly atOnce: () => number;
}

/** A sweep on disk, and who goes on with it. */
export interface FoundSweep extends StoredSweep {
  readonly standing: SweepStanding;
  /** What trains, where it does here. */
  readonly trial: NextTrial | undefined;
}

/** A sweep of this window that has ended, and how. */
export interface EndedSweep {
  readonly stored: StoredSweep;
  readonly end: SweepEnd;
}

/** Starts sweeps and goes on with them, each in an engine of its own, and knows all that there are. */
export class Sweeps {
  readonly store: SweepStore;
  private readonly places: TrainingPlaces;
  private readonly live = new Map<string, LiveSweep>();
  /** In which sweeps go on and are paused, by their ids. */
  private readonly turns = new Map<string, Turns>();
  /** Settle when what those held is free. */
  private readonly over = new Map<string, Promise<void>>();
  private readonly changed = new Emitter<void>();
  private readonly progressed = new Emitter<{ id: string; trial: NextTrial; progress: TrainingProgress }>();
  private readonly passedEpoch = new Emitter<{ id: string; trial: NextTrial }>();
  private readonly started = new Emitter<string>();
  private readonly finished = new Emitter<EndedSweep>();
  private disposed = false;

  /** A sweep is there, is no more, or stands differently. */
  readonly onDidChange = this.changed.event;
  readonly onProgress = this.progressed.event;
  readonly onEpoch = this.passedEpoch.event;
  readonly onStart = this.started.event;
  readonly onEnd = this.finished.event;

  constructor(private readonly options: SweepsOptions) {
    this.store = new SweepStore(options.home);
    this.places = new TrainingPlaces(new RunQueue(new RunStore(options.home).folder), options.atOnce);
  }

  /** Every sweep that can be read, the newest first. */
  async list(): Promise<FoundSweep[]> {
    return Promise.all((await this.store.list()).map((stored) => this.standingOf(stored)));
  }

  /** @throws UserError where there is none, or it is damaged */
  async find(id: string): Promise<FoundSweep> {
    const folder = await this.store.find(id);
    return this.standingOf({ id, folder, sweep: await readSweep(folder) });
  }

  /** Whether a window has the sweep, this one or another. */
  async isTaken(id: string): Promise<boolean> {
    return this.live.has(id) || isHeldByWindow(await this.store.find(id));
  }

  /** The sweeps that this window goes on with. */
  get running(): readonly LiveSweep[] {
    return [...this.live.values()];
  }

  /** What a trial has learned so far. */
  async curve(id: string, place: number): Promise<Curve> {
    return Curve.of(await readHistory(trialFolder(await this.store.find(id), place)));
  }

  /** What a trial was started with. */
  async runOf(id: string, place: number): Promise<RunFile> {
    return readRun(trialFolder(await this.store.find(id), place));
  }

  /**
   * Makes a sweep and goes on with it; gives its id.
   *
   * @throws UserError where its dataset cannot be opened, and no sweep is left behind
   */
  async start({ sweep, runs }: { sweep: SweepFile; runs: readonly RunFile[] }): Promise<string> {
    await this.options.openData(sweep.dataset);
    const { id } = await this.store.create(sweep, runs);
    await this.resume(id);
    return id;
  }

  /**
   * Goes on with a sweep, as soon as there is a place to train in; one that is being paused, once it is.
   *
   * @param backend what computes now, where it is not what the trials were made with
   * @throws UserError where it is done, or another window has it
   */
  resume(id: string, backend?: string): Promise<void> {
    return this.turnsOf(id).run(() => this.goOn(id, backend));
  }

  /** Ends a sweep with a checkpoint from which it can go on. */
  pause(id: string): Promise<void> {
    return this.turnsOf(id).run(() => {
      const live = this.live.get(id);
      if (!live) throw new UserError('That sweep is not running in this window.');
      return live.pause();
    });
  }

  /** Takes a sweep away, and ends it first where it runs here; the model that was kept of it stays. */
  async remove(id: string): Promise<Removed> {
    // whoever waits for its end waits no longer
    await this.live.get(id)?.cancel();
    const removed = await this.turnsOf(id).run(() => this.take(id));
    this.turns.delete(id);
    this.changed.fire();
    return removed;
  }

  /** Brings a removed sweep back. */
  async restore(removed: Removed): Promise<void> {
    await removed.restore();
    this.changed.fire();
  }

  /** Adds the model of the best trial so far to the others, of a sweep that rests. */
  async keepBest(id: string): Promise<void> {
    const folder = await this.store.find(id);
    const held = await holdSweep(folder);
    try {
      await keepBest(folder, await readSweep(folder), this.options.models);
    } finally {
      await held.release();
    }
    this.changed.fire();
  }

  /** Looks at the disk again. */
  refresh(): void {
    this.changed.fire();
  }

  /** A window that closes leaves its sweeps for the next one to go on with. */
  dispose(): void {
    this.disposed = true;
    for (const sweep of this.live.values()) sweep.dispose();
    const { changed, progressed, passedEpoch, started, finished } = this;
    for (const emitter of [changed, progressed, passedEpoch, started, finished]) emitter.dispose();
  }

  private turnsOf(id: string): Turns {
    const turns = this.turns.get(id) ?? new Turns();
    this.turns.set(id, turns);
    return turns;
  }

  private async goOn(id: string, backend?: string): Promise<void> {
    if (this.live.get(id)?.isEnding === false) return;
    await this.over.get(id);
    const found = await this.find(id);
    if (found.standing === 'finished')
      throw new UserError(`${found.sweep.name} is finished: start another sweep.`);
    const held = await holdForWindow(found.folder);
    if (!held) throw new UserError(`${found.sweep.name} is running in another window: pause it there.`);
    if (this.disposed) return held.release();
    this.begin(found, held, backend);
  }

  private async take(id: string): Promise<Removed> {
    const { folder, sweep } = await this.find(id);
    await this.live.get(id)?.cancel();
    await this.over.get(id);
    if (await isHeldByWindow(folder))
      throw new UserError(`${sweep.name} is running in another window: pause it there.`);
    return this.store.remove(id);
  }

  private begin(stored: StoredSweep, held: { release(): Promise<void> }, backend?: string): void {
    const { home, script, log } = this.options;
    const { id } = stored;
    const live = new LiveSweep({
      ...{ stored, home, backend, script, log },
      places: this.places,
      onChange: () => {
        this.changed.fire();
      },
      onProgress: (trial, progress) => {
        this.progressed.fire({ id, trial, progress });
      },
      onEpoch: (trial) => {
        this.passedEpoch.fire({ id, trial });
      },
    });
    this.live.set(id, live);
    this.started.fire(id);
    this.changed.fire();
    this.over.set(
      id,
      live.ended.then((end) => this.ended(stored, held, end)),
    );
  }

  private async ended(stored: StoredSweep, held: { release(): Promise<void> }, end: SweepEnd): Promise<void> {
    await held.release();
    this.live.delete(stored.id);
    this.over.delete(stored.id);
    if (this.disposed) return;
    const sweep = await readSweep(stored.folder).catch(() => stored.sweep);
    this.finished.fire({ stored: { ...stored, sweep }, end });
    this.changed.fire();
  }

  private async standingOf(stored: StoredSweep): Promise<FoundSweep> {
    const live = this.live.get(stored.id);
    if (live) return { ...stored, standing: live.standing, trial: live.trial };
    const isElsewhere = (await isHeldByWindow(stored.folder)) || (await isTraining(stored.folder));
    return {
      ...stored,
      standing: isElsewhere ? 'elsewhere' : isDone(stored.sweep) ? 'finished' : 'resting',
      trial: undefined,
    };
  }
}
