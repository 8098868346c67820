import { endTraining, train, type TrainingProgress } from '../../protocol/engine/training';
import { Canceled } from '../../protocol/failures';
import type { Params, Progress } from '../../protocol/rpc';
import { type EngineLog, EngineProcess } from '../engine/engineProcess';
import type { Curve } from './curve';
import { failureOf, unlessEnded } from './engineEnds';
import type { LiveRun, LiveRunOptions, RunEnd } from './liveRun';

/** Milliseconds that a canceled run has to end by itself. */
const CANCEL_WITHIN = 2000;

export interface WindowRunOptions extends LiveRunOptions {
  readonly params: Params<typeof train>;
  /** What it has learned before; grows with it. */
  readonly curve: Curve;
  /** The engine's script. */
  readonly script: string;
  readonly log: EngineLog;
}

/**
 * A run that trains in an engine of its own, which ends with this window: the pad's engine stays as quick as before.
 */
export class WindowRun implements LiveRun {
  readonly ended: Promise<RunEnd>;
  readonly outlives = false;
  progress: TrainingProgress | undefined;

  private readonly engine: EngineProcess;
  private readonly canceling = new AbortController();

  constructor(private readonly options: WindowRunOptions) {
    this.engine = new EngineProcess(options);
    this.ended = this.train().finally(() => {
      this.engine.end();
      // until it is gone it holds the run's lock
      return this.engine.exited;
    });
  }

  get id(): string {
    return this.options.id;
  }

  get name(): string {
    return this.options.name;
  }

  get epochs(): number {
    return this.options.epochs;
  }

  get curve(): Curve {
    return this.options.curve;
  }

  async end(how: 'pause' | 'stop'): Promise<void> {
    await unlessEnded(this.engine.call(endTraining, { run: this.options.params.run, how }));
  }

  async cancel(): Promise<void> {
    this.canceling.abort();
    const late = setTimeout(() => this.engine.kill('it did not cancel its training'), CANCEL_WITHIN);
    await this.ended;
    clearTimeout(late);
  }

  /** Leaves it: the engine keeps a checkpoint before it ends, from which whoever comes next goes on. */
  dispose(): void {
    this.engine.leave();
  }

  private async train(): Promise<RunEnd> {
    try {
      const result = await this.engine.call(train, this.options.params, {
        signal: this.canceling.signal,
        onProgress: (told) => this.told(told),
      });
      return { how: result.outcome, result };
    } catch (error) {
      if (error instanceof Canceled) return { how: 'canceled' };
      return failureOf(error);
    }
  }

  private told(told: Progress<typeof train>): void {
    const { curve, onEpoch, onProgress } = this.options;
    if ('epoch' in told) {
      curve.addEpoch(told.epoch);
      onEpoch(told.epoch);
      return;
    }
    this.progress = told.progress;
    for (const point of told.progress.points) curve.add(point);
    onProgress(told.progress);
  }
}
