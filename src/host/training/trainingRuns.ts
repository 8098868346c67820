import { Emitter } from 'vscode-jsonrpc';
import type { Membership, RunFile } from '../../runs/run';
import { Outliving } from '../../runs/outliving';
import { RunQueue, type TrainingSlot } from '../../runs/runQueue';
import { canResume, type RunRecord, RunStore } from '../../runs/runStore';
import type { Removed } from '../../storage/folderStore';
import type { TrainingEpoch, TrainingProgress } from '../../protocol/engine/training';
import type { RunRow } from '../../protocol/pages/runs';
import type { RunSummary } from '../../protocol/pages/training';
import { startAlone } from '../engine/aloneProcess';
import type { EngineLog } from '../engine/engineProcess';
import { Turns } from '../../base/turns';
import { UserError } from '../../base/userError';
import { Curve } from './curve';
import type { LiveRun, LiveRunOptions, RunEnd } from './liveRun';
import { endOf, OutlivingRun } from './outlivingRun';
import { rowOf } from './runRow';
import { summaryOf } from './runSummary';
import { WindowRun } from './windowRun';

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
  /** How many runs may train at once on this machine; the others wait. */
  readonly atOnce: () => number;
  /** Whether a run that begins goes on when this window is closed. */
  readonly outlives: () => boolean;
}

/** Milliseconds between two looks for a place to train in, while a run waits and another window has them. */
const LOOK_AGAIN = 2000;

/** A run that has ended, of this window or one that outlived its own, and how. */
export interface EndedRun {
  readonly id: string;
  readonly name: string;
  readonly end: RunEnd;
  /** Where it was a member of an ensemble. */
  readonly ensemble?: Membership | undefined;
}

/** A run whose turn it is. */
interface NextRun {
  readonly record: RunRecord;
  /** What computes, where it is not what the run was started with. */
  readonly backend: string | undefined;
}

/**
 * Starts runs, each in an engine of its own, one after the other unless more may train at once, and knows all that there
 * are: of this window, of others and of before.
 */
export class TrainingRuns {
  readonly store: RunStore;
  private readonly queue: RunQueue;
  private readonly turns = new Turns();
  private readonly live = new Map<string, LiveRun>();
  private lookingAgain: ReturnType<typeof setTimeout> | undefined;
  private readonly changed = new Emitter<void>();
  private readonly progressed = new Emitter<{ id: string; progress: TrainingProgress }>();
  private readonly passedEpoch = new Emitter<{ id: string; epoch: TrainingEpoch }>();
  private readonly started = new Emitter<string>();
  private readonly waited = new Emitter<string>();
  private readonly finished = new Emitter<EndedRun>();
  private disposed = false;

  /** A run is there, is no more, or stands differently. */
  readonly onDidChange = this.changed.event;
  readonly onProgress = this.progressed.event;
  readonly onEpoch = this.passedEpoch.event;
  readonly onStart = this.started.event;
  /** A run has to wait for others. */
  readonly onWait = this.waited.event;
  readonly onEnd = this.finished.event;

  constructor(private readonly options: TrainingRunsOptions) {
    this.store = new RunStore(options.home);
    this.queue = new RunQueue(this.store.folder);
  }

  /** Every run, the newest first. */
  async list(): Promise<RunSummary[]> {
    const [records, queue] = await Promise.all([this.store.list(), this.queue.ids()]);
    return Promise.all(records.map((record) => summaryOf(record, this.live.get(record.id), queue)));
  }

  /** The same with all that runs are compared by. */
  async rows(): Promise<RunRow[]> {
    const [overviews, queue] = await Promise.all([this.store.list(), this.queue.ids()]);
    return Promise.all(overviews.map((overview) => rowOf(overview, this.live.get(overview.id), queue)));
  }

  /** The runs that train in this window, or that it follows. */
  get running(): readonly LiveRun[] {
    return [...this.live.values()];
  }

  /** A run's history; of one that trains here it goes on growing. */
  async curve(id: string): Promise<Curve> {
    return this.live.get(id)?.curve ?? Curve.of((await this.store.find(id)).history);
  }

  /**
   * Makes a run and trains it; gives its id as soon as it has begun, or waits for others.
   *
   * @throws UserError where its dataset cannot be opened, and no run is left behind
   */
  async start(run: RunFile): Promise<string> {
    await this.options.openData(run.dataset);
    const { id } = await this.store.create(run);
    await this.enqueue(id);
    return id;
  }

  /**
   * Goes on with a run from its checkpoint, once it is its turn.
   *
   * @param backend what computes now, where it is not what the run was started with
   * @param first whether it goes before all that wait
   * @throws UserError where it trains already or is done
   */
  async resume(id: string, backend?: string, first = false): Promise<void> {
    if (this.live.has(id)) return;
    await this.checkResumable(id);
    await this.enqueue(id, backend, first);
  }

  /** Lets a run that waits change places with the one before it (-1) or behind it (1). */
  async move(id: string, by: -1 | 1): Promise<void> {
    await this.queue.move(id, by);
    this.changed.fire();
  }

  /** Goes on with what waits, if there is a place to train in. */
  goOn(): Promise<void> {
    return this.turns.run(() => this.beginWaiting());
  }

  /** Follows runs that train without a window, and tells of those that ended while there was none. */
  attach(): Promise<void> {
    return this.turns.run(async () => {
      for (const [id, folder] of await this.store.places()) {
        if (this.disposed) return;
        if (this.live.has(id)) continue;
        await this.attachTo(id, folder).catch((error: unknown) =>
          this.options.log.warn(`the run ${id} is not followed: ${String(error)}`),
        );
      }
    });
  }

  /** Ends a run with a checkpoint from which it can go on; one that waits does so no more. */
  async pause(id: string): Promise<void> {
    if (await this.unqueue(id)) return;
    await this.here(id).end('pause');
  }

  /** Ends a run with a model of what it has learned. */
  async stop(id: string): Promise<void> {
    await this.here(id).end('stop');
  }

  /** Ends a run at once and takes it away. */
  async cancel(id: string): Promise<Removed> {
    if (!(await this.unqueue(id))) await this.here(id).cancel();
    return this.remove(id);
  }

  async remove(id: string): Promise<Removed> {
    await this.unqueue(id);
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

  /** A window that closes leaves its runs: those that outlive it train on, the others are interrupted until they are resumed. */
  dispose(): void {
    this.disposed = true;
    clearTimeout(this.lookingAgain);
    for (const run of this.live.values()) run.dispose();
    const { changed, progressed, passedEpoch, started, waited, finished } = this;
    for (const emitter of [changed, progressed, passedEpoch, started, waited, finished]) emitter.dispose();
  }

  private async checkResumable(id: string): Promise<void> {
    const record = await this.store.find(id);
    const { where, name } = await summaryOf(record, undefined);
    if (where === 'elsewhere') throw new UserError(`${name} is training in another window: pause it there.`);
    if (!canResume(record))
      throw new UserError(`The run ${name} is finished: go on from its model with "Continue Training…".`);
  }

  /** Has a run wait for its turn, which may be at once; one that trains already does not wait. */
  private async enqueue(id: string, backend?: string, first = false): Promise<void> {
    const isWaiting = await this.turns.run(async () => {
      if (this.live.has(id)) return false;
      await this.queue.add(id, first, backend);
      await this.beginWaiting();
      return !this.live.has(id) && (await this.queue.ids()).includes(id);
    });
    if (isWaiting) this.waited.fire(id);
    this.changed.fire();
  }

  /** @returns whether it waited */
  private unqueue(id: string): Promise<boolean> {
    return this.turns.run(async () => {
      if (this.live.has(id) || !(await this.queue.remove(id))) return false;
      this.changed.fire();
      return true;
    });
  }

  /** Begins what there is a place for. What hinders it, as a full disk, is logged and tried again later. */
  private async beginWaiting(): Promise<void> {
    clearTimeout(this.lookingAgain);
    try {
      while (!this.disposed && (await this.queue.ids()).length > 0) {
        const slot = await this.queue.slot(this.options.atOnce());
        if (!slot) {
          this.lookAgain();
          return;
        }
        await this.beginNext(slot);
      }
    } catch (error) {
      this.options.log.error(`the runs that wait: ${String(error)}`);
      this.lookAgain();
    }
  }

  /** Begins the next run in a place, which is free again where none can be begun. */
  private async beginNext(slot: TrainingSlot): Promise<void> {
    let begun = false;
    try {
      const next = await this.nextWaiting();
      // a window that was closed meanwhile leaves it to the others
      if (next && this.disposed) await this.queue.add(next.record.id, true, next.backend);
      else if (next) {
        this.follow(await this.beginOrKeep(next, slot), next.record.run?.ensemble, slot);
        begun = true;
      }
    } finally {
      if (!begun) await slot.release();
    }
  }

  private lookAgain(): void {
    if (!this.disposed) this.lookingAgain = setTimeout(() => void this.goOn(), LOOK_AGAIN);
  }

  /** Takes the first run that can be trained out of the queue; what trains here, was removed or is damaged is passed over. */
  private async nextWaiting(): Promise<NextRun | undefined> {
    for (let next = await this.queue.take(); next; next = await this.queue.take()) {
      const { id, backend } = next;
      if (this.live.has(id)) continue;
      const record = await this.store.find(id).catch(() => undefined);
      if (record && canResume(record)) return { record, backend };
    }
    return undefined;
  }

  /** A run that cannot be begun now waits on. */
  private async beginOrKeep(next: NextRun, slot: TrainingSlot): Promise<LiveRun> {
    try {
      return await this.begin(next, slot);
    } catch (error) {
      await this.queue.add(next.record.id, true, next.backend);
      throw error;
    }
  }

  private begin({ record, backend }: NextRun, slot: TrainingSlot): Promise<LiveRun> | LiveRun {
    const { folder, history } = record;
    const { home, script, log, outlives } = this.options;
    const params = { run: folder, home, ...(backend !== undefined && { backend }) };
    if (!outlives()) {
      return new WindowRun({ ...this.toFollow(record), params, curve: Curve.of(history), script, log });
    }
    const exited = startAlone(script, { ...params, slot: slot.key });
    return OutlivingRun.follow({ ...this.toFollow(record), folder, log, exited });
  }

  private async attachTo(id: string, folder: string): Promise<void> {
    const outliving = new Outliving(folder);
    // most are not, and all are looked at whenever one begins or ends
    if (!(await outliving.isMarked())) return;
    if (await outliving.trains()) {
      const record = await this.store.find(id);
      const { log } = this.options;
      this.follow(await OutlivingRun.follow({ ...this.toFollow(record), folder, log }), record.run?.ensemble);
    } else if ((await outliving.hasEnded()) && (await outliving.seen())) await this.tellEnded(id, folder);
  }

  /** Tells what became of a run while no window was there. One that was interrupted is offered to be resumed. */
  private async tellEnded(id: string, folder: string): Promise<void> {
    const end = await endOf(folder);
    if (end.how === 'died' || end.how === 'canceled') return;
    const { run } = await this.store.find(id);
    this.finished.fire({ id, name: run?.name ?? id, end, ensemble: run?.ensemble });
  }

  private toFollow({ id, run }: RunRecord): LiveRunOptions {
    if (!run) throw new UserError(`The run "${id}" is damaged: remove it and train again.`);
    return {
      ...{ id, name: run.name, epochs: run.settings.epochs },
      onProgress: (progress) => {
        this.progressed.fire({ id, progress });
      },
      onEpoch: (epoch) => {
        this.passedEpoch.fire({ id, epoch });
        this.changed.fire();
      },
    };
  }

  /** @param slot its place to train in, where this window has it */
  private follow(live: LiveRun, ensemble: Membership | undefined, slot?: TrainingSlot): void {
    this.live.set(live.id, live);
    void live.ended.then((end) => this.ended(live, end, ensemble, slot));
    // the window was closed while it began
    if (this.disposed) return live.dispose();
    if (slot) this.started.fire(live.id);
    this.changed.fire();
  }

  private async ended(live: LiveRun, end: RunEnd, ensemble?: Membership, slot?: TrainingSlot): Promise<void> {
    this.live.delete(live.id);
    if (!this.disposed) await this.queueNext(live.name, end);
    await slot
      ?.release()
      .catch((error: unknown) => this.options.log.error(`the place of ${live.name}: ${String(error)}`));
    if (this.disposed) return;
    this.finished.fire({ id: live.id, name: live.name, end, ensemble });
    this.changed.fire();
    void this.goOn();
  }

  /** Puts the member of an ensemble that comes after a run before all that wait, while its place is still taken. */
  private async queueNext(name: string, end: RunEnd): Promise<void> {
    if ((end.how !== 'finished' && end.how !== 'stopped') || end.result.next === undefined) return;
    const { next } = end.result;
    try {
      await this.checkResumable(next);
      await this.queue.add(next, true);
    } catch (error) {
      this.options.log.error(`the member after ${name}: ${String(error)}`);
    }
  }

  private here(id: string): LiveRun {
    const live = this.live.get(id);
    if (!live) throw new UserError('That run is not training in this window.');
    return live;
  }
}
