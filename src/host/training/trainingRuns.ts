import { Emitter } from 'vscode-jsonrpc';
import type { Membership, RunFile } from '../../runs/run';
import { canResume, type RunRecord, RunStore } from '../../runs/runStore';
import type { Removed } from '../../storage/folderStore';
import type { TrainingEpoch, TrainingProgress } from '../../protocol/engine/training';
import type { RunRow } from '../../protocol/pages/runs';
import type { RunSummary } from '../../protocol/pages/training';
import type { EngineLog } from '../engine/engineProcess';
import { UserError } from '../../base/userError';
import { Curve } from './curve';
import { LiveRun, type RunEnd } from './liveRun';
import { rowOf } from './runRow';
import { summaryOf } from './runSummary';

export interface TrainingRunsOptions {
  /** The folder of datasets, models and runs. */
  readonly home: string;
  /** The engine's script. */
  readonly script: string;
  readonly log: EngineLog;
  /**
   * Sees that a dataset can be opened.
   *
   * @throws UserError where it cannot
   */
  readonly openData: (dataset: string) => Promise<void>;
}

/** A run of this window that has ended, and how. */
export interface EndedRun {
  readonly id: string;
  readonly name: string;
  readonly end: RunEnd;
  /** Where it was a member of an ensemble. */
  readonly ensemble?: Membership | undefined;
}

/** Starts runs, each in an engine of its own, and knows all that there are: of this window, of others and of before. */
export class TrainingRuns {
  readonly store: RunStore;
  private readonly live = new Map<string, LiveRun>();
  private readonly changed = new Emitter<void>();
  private readonly progressed = new Emitter<{ id: string; progress: TrainingProgress }>();
  private readonly passedEpoch = new Emitter<{ id: string; epoch: TrainingEpoch }>();
  private readonly started = new Emitter<string>();
  private readonly finished = new Emitter<EndedRun>();
  private disposed = false;

  /** A run is there, is no more, or stands differently. */
  readonly onDidChange = this.changed.event;
  readonly onProgress = this.progressed.event;
  readonly onEpoch = this.passedEpoch.event;
  readonly onStart = this.started.event;
  readonly onEnd = this.finished.event;

  constructor(private readonly options: TrainingRunsOptions) {
    this.store = new RunStore(options.home);
  }

  /** Every run, the newest first. */
  async list(): Promise<RunSummary[]> {
    const records = await this.store.list();
    return Promise.all(records.map((record) => summaryOf(record, this.live.get(record.id))));
  }

  /** The same with all that runs are compared by. */
  async rows(): Promise<RunRow[]> {
    const overviews = await this.store.list();
    return Promise.all(overviews.map((overview) => rowOf(overview, this.live.get(overview.id))));
  }

  /** The runs that train in this window. */
  get running(): readonly LiveRun[] {
    return [...this.live.values()];
  }

  /** A run's history; of one that trains here it goes on growing. */
  async curve(id: string): Promise<Curve> {
    return this.live.get(id)?.curve ?? Curve.of((await this.store.find(id)).history);
  }

  /**
   * Makes a run and trains it; gives its id as soon as it has begun.
   *
   * @throws UserError where its dataset cannot be opened, and no run is left behind
   */
  async start(run: RunFile): Promise<string> {
    await this.options.openData(run.dataset);
    const { id } = await this.store.create(run);
    this.begin(await this.store.find(id));
    return id;
  }

  /**
   * Goes on with a run from its checkpoint.
   *
   * @param backend what computes now, where it is not what the run was started with
   * @throws UserError where it trains already or is done
   */
  async resume(id: string, backend?: string): Promise<void> {
    if (this.live.has(id)) return;
    const record = await this.store.find(id);
    const { where, name } = await summaryOf(record, undefined);
    if (where === 'elsewhere') throw new UserError(`${name} is training in another window: pause it there.`);
    if (!canResume(record))
      throw new UserError(`The run ${name} is finished: go on from its model with "Continue Training…".`);
    this.begin(record, backend);
  }

  /** Ends a run with a checkpoint from which it can go on. */
  async pause(id: string): Promise<void> {
    await this.here(id).end('pause');
  }

  /** Ends a run with a model of what it has learned. */
  async stop(id: string): Promise<void> {
    await this.here(id).end('stop');
  }

  /** Ends a run at once and takes it away. */
  async cancel(id: string): Promise<Removed> {
    await this.here(id).cancel();
    return this.remove(id);
  }

  async remove(id: string): Promise<Removed> {
    const removed = await this.store.remove(id);
    this.changed.fire();
    return removed;
  }

  /** Brings a removed run back. */
  async restore(removed: Removed): Promise<void> {
    await removed.restore();
    this.changed.fire();
  }

  /** Looks at the disk again. */
  refresh(): void {
    this.changed.fire();
  }

  /** A window that closes leaves its runs, interrupted, for the next one to go on with. */
  dispose(): void {
    this.disposed = true;
    for (const run of this.live.values()) run.dispose();
    for (const emitter of [this.changed, this.progressed, this.passedEpoch, this.started, this.finished]) {
      emitter.dispose();
    }
  }

  private begin({ id, folder, run, history }: RunRecord, backend?: string): void {
    if (!run) throw new UserError(`The run "${id}" is damaged: remove it and train again.`);
    const { home, script, log } = this.options;
    const live = new LiveRun({
      id,
      name: run.name,
      epochs: run.settings.epochs,
      params: { run: folder, home, ...(backend !== undefined && { backend }) },
      curve: Curve.of(history),
      script,
      log,
      onProgress: (_run, progress) => {
        this.progressed.fire({ id, progress });
      },
      onEpoch: (_run, epoch) => {
        this.passedEpoch.fire({ id, epoch });
        this.changed.fire();
      },
    });
    this.live.set(id, live);
    this.started.fire(id);
    this.changed.fire();
    void live.ended.then((end) => this.ended(live, end, run.ensemble));
  }

  private ended(live: LiveRun, end: RunEnd, ensemble?: Membership): void {
    this.live.delete(live.id);
    if (this.disposed) return;
    this.finished.fire({ id: live.id, name: live.name, end, ensemble });
    this.changed.fire();
  }

  private here(id: string): LiveRun {
    const live = this.live.get(id);
    if (!live) throw new UserError('That run is not training in this window.');
    return live;
  }
}
