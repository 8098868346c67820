import { advanceSweep, restSweep, type TrainingProgress } from '../../../protocol/engine/training';
import type { Progress } from '../../../protocol/rpc';
import type { TrainingSlot } from '../../../runs/runQueue';
import { nextTrial, type NextTrial } from '../../../runs/sweep/nextTrial';
import { isTraining, readSweep, type StoredSweep } from '../../../runs/sweep/sweepStore';
import { type EngineLog, EngineProcess } from '../../engine/engineProcess';
import { type Failure, failureOf, unlessEnded } from '../engineEnds';
import type { TrainingPlaces } from './trainingPlaces';

/** Milliseconds that a sweep that is given up has to end by itself. */
const CANCEL_WITHIN = 2000;

/** How a sweep's time in this window ended. */
export type SweepEnd = { readonly how: 'finished' | 'paused' | 'canceled' } | Failure;

export interface LiveSweepOptions {
  readonly stored: StoredSweep;
  readonly home: string;
  readonly backend?: string | undefined;
  /** The engine's script. */
  readonly script: string;
  readonly log: EngineLog;
  readonly places: TrainingPlaces;
  /** It trains or waits, begins with a trial, or has compared one. */
  readonly onChange: () => void;
  readonly onProgress: (trial: NextTrial, progress: TrainingProgress) => void;
  /** An epoch of the trial is done. */
  readonly onEpoch: (trial: NextTrial) => void;
}

/**
 * A sweep that this window goes on with, trial by trial in an engine of its own. Between two trials it lets runs go
 * first that wait.
 */
export class LiveSweep {
  readonly ended: Promise<SweepEnd>;
  /** What trains, if it does not wait. */
  trial: NextTrial | undefined;
  /** Of that trial, the newest. */
  progress: TrainingProgress | undefined;

  private engine: EngineProcess | undefined;
  private readonly stopping = new AbortController();
  private how: 'paused' | 'canceled' = 'paused';

  constructor(private readonly options: LiveSweepOptions) {
    this.ended = this.search();
  }

  /** As it was when this window took it. */
  get stored(): StoredSweep {
    return this.options.stored;
  }

  get id(): string {
    return this.options.stored.id;
  }

  get folder(): string {
    return this.options.stored.folder;
  }

  /** Whether it is to end, and keeps its checkpoint before it does. */
  get isEnding(): boolean {
    return this.stopping.signal.aborted;
  }

  get standing(): 'pausing' | 'training' | 'waiting' {
    if (this.isEnding) return 'pausing';
    return this.trial ? 'training' : 'waiting';
  }

  /** Ends it in good order: the trial that trains keeps a checkpoint. */
  async pause(): Promise<void> {
    this.stopping.abort();
    this.options.onChange();
    await unlessEnded(this.engine?.call(restSweep, { sweep: this.folder }));
  }

  /** Ends it soon, whether or not the engine listens. */
  async cancel(): Promise<void> {
    this.how = 'canceled';
    const late = setTimeout(() => this.engine?.kill('it did not end its sweep'), CANCEL_WITHIN);
    await this.pause();
    await this.ended;
    clearTimeout(late);
  }

  /** Leaves it: the engine keeps a checkpoint before it ends, from which whoever comes next goes on. */
  dispose(): void {
    this.stopping.abort();
    this.engine?.leave();
  }

  private async search(): Promise<SweepEnd> {
    try {
      while (!this.stopping.signal.aborted) {
        const slot = await this.place();
        if ((await this.trainIn(slot)) === 'finished') return { how: 'finished' };
      }
      return { how: this.how };
    } catch (error) {
      if (this.stopping.signal.aborted) return { how: this.how };
      return failureOf(error);
    }
  }

  private place(): Promise<TrainingSlot> {
    const { places, onChange } = this.options;
    // the engine of a window that was closed may still keep its checkpoint
    const isReady = async () => !(await isTraining(this.folder));
    return places.take(isReady, this.stopping.signal, onChange);
  }

  /** Trains trial after trial until a run wants the place, or the sweep ends. The best model is kept before any run. */
  private async trainIn(slot: TrainingSlot): Promise<'finished' | 'resting'> {
    const engine = new EngineProcess(this.options);
    this.engine = engine;
    try {
      for (;;) {
        if (this.stopping.signal.aborted) return 'resting';
        const outcome = await engine.call(advanceSweep, this.params, {
          onProgress: (told) => this.told(told),
        });
        this.began(undefined);
        if (outcome !== 'advanced') return outcome;
        if ((await this.isToTrain()) && (await this.options.places.areWanted())) return 'resting';
      }
    } finally {
      this.engine = undefined;
      this.trial = undefined;
      engine.end();
      // until it is gone it holds the sweep's lock
      await engine.exited;
      await slot.release();
    }
  }

  private async isToTrain(): Promise<boolean> {
    return nextTrial(await readSweep(this.folder)) !== undefined;
  }

  private get params() {
    const { home, backend } = this.options;
    return { sweep: this.folder, home, ...(backend !== undefined && { backend }) };
  }

  private told(told: Progress<typeof advanceSweep>): void {
    if ('trial' in told) {
      this.began(told.trial);
      return;
    }
    if (!this.trial) return;
    if ('epoch' in told) {
      this.options.onEpoch(this.trial);
      return;
    }
    this.progress = told.progress;
    this.options.onProgress(this.trial, told.progress);
  }

  private began(trial: NextTrial | undefined): void {
    this.trial = trial;
    this.progress = undefined;
    this.options.onChange();
  }
}
