import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { TrainingProgress } from '../../protocol/engine/training';
import { HistoryTail } from '../../runs/historyTail';
import { Outliving, type RunEnding } from '../../runs/outliving';
import type { HistoryLine, RunStateFile } from '../../runs/run';
import { lockFile, readState } from '../../runs/runFolder';
import { holderHere } from '../../storage/lock';
import { aloneLog } from '../engine/aloneProcess';
import type { EngineLog } from '../engine/engineProcess';
import { Curve } from './curve';
import type { LiveRun, LiveRunOptions, RunEnd } from './liveRun';

/** Milliseconds between two looks into the run's folder. */
const LOOK_EVERY = 500;
/** Milliseconds that a canceled run has to end by itself. */
const CANCEL_WITHIN = 3000;

export interface OutlivingRunOptions extends LiveRunOptions {
  readonly folder: string;
  readonly log: EngineLog;
  /** The exit code of its process, where this window has started it. */
  readonly exited?: Promise<number | null> | undefined;
}

/** A run that trains in a process of its own, which is there without any window: all is read in its folder. */
export class OutlivingRun implements LiveRun {
  readonly outlives = true;
  progress: TrainingProgress | undefined;
  readonly ended: Promise<RunEnd>;

  private readonly outliving: Outliving;
  /** How it is to end, until it has. */
  private wanted: RunEnding | undefined;
  /** Undefined where another window has started it, and while its process lives. */
  private exitCode: number | null | undefined;
  private disposed = false;

  /** Begins to follow a run; what it has learned until now is read first. */
  static async follow(options: OutlivingRunOptions): Promise<OutlivingRun> {
    const tail = new HistoryTail(options.folder);
    return new OutlivingRun(options, tail, Curve.of(await known(tail)));
  }

  private constructor(
    private readonly options: OutlivingRunOptions,
    private readonly tail: HistoryTail,
    readonly curve: Curve,
  ) {
    this.outliving = new Outliving(options.folder);
    void options.exited?.then((code) => (this.exitCode = code));
    this.ended = this.untilEnded();
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

  async end(how: 'pause' | 'stop'): Promise<void> {
    this.wanted = how;
    await this.outliving.ask(how);
  }

  async cancel(): Promise<void> {
    this.wanted = 'cancel';
    await this.outliving.ask('cancel');
    const late = setInterval(() => void this.kill(), CANCEL_WITHIN);
    await this.ended;
    clearInterval(late);
  }

  /** It trains on; nobody here is told of it any more. */
  dispose(): void {
    this.disposed = true;
  }

  /** Follows the run; of one that this window leaves, nobody is told an end. */
  private async untilEnded(): Promise<RunEnd> {
    for (;;) {
      // what it wrote before it ended is looked at afterwards
      const trains = await this.trains();
      if (!this.disposed) await this.look();
      if (this.disposed) return new Promise(() => undefined);
      if (!trains) break;
      await delay(LOOK_EVERY, undefined, { ref: false });
    }
    await this.passOnLog();
    // where another process trains it by now, that is to be followed yet
    if (!(await this.outliving.trains())) await this.outliving.seen();
    return this.checkedEnd();
  }

  private trains(): Promise<boolean> | boolean {
    return this.options.exited ? this.exitCode === undefined : this.outliving.trains();
  }

  private async look(): Promise<void> {
    const { folder, log } = this.options;
    try {
      const [state, lines] = [await readState(folder), await this.tail.news()];
      this.told(state, lines);
      // a process that has just begun has not heard what was asked before
      if (this.wanted && !(await this.outliving.asked())) await this.outliving.ask(this.wanted);
    } catch (error) {
      // a folder that is gone is an end, and one that cannot be read now is looked at again
      log.warn(`the run ${this.id}: ${String(error)}`);
    }
  }

  private told(
    { state, done, total, backend = '', live }: RunStateFile,
    lines: readonly HistoryLine[],
  ): void {
    const { onProgress, onEpoch } = this.options;
    const points = lines.filter((line) => line.type === 'batch');
    for (const point of points) this.curve.add(point);
    // until its process says so, it says what was before
    if (state === 'running' && live) {
      this.progress = { ...live, done, total, backend, points };
      onProgress(this.progress);
    }
    for (const line of lines) {
      if (line.type !== 'epoch') continue;
      this.curve.addEpoch(line);
      onEpoch(line);
    }
  }

  private async kill(): Promise<void> {
    const pid = await holderHere(lockFile(this.options.folder));
    if (pid === undefined || pid === process.pid) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
  }

  private async passOnLog(): Promise<void> {
    const text = await readFile(aloneLog(this.options.folder), 'utf8').catch(() => '');
    for (const line of text.split('\n').filter((each) => each !== '')) this.options.log.warn(line);
  }

  /** How it ended; a process that could not even begin left the folder as it was. */
  private async checkedEnd(): Promise<RunEnd> {
    const end = await endOf(this.options.folder);
    const failed = this.exitCode !== undefined && this.exitCode !== 0;
    return failed && 'result' in end ? { how: 'died' } : end;
  }
}

/** How a run that trains no more has ended, as its folder says. */
export async function endOf(folder: string): Promise<RunEnd> {
  const file = await readState(folder).catch(() => undefined);
  // whoever canceled it has taken it away
  if (!file) return { how: 'canceled' };
  const { state, message = '', model, accuracy, warning, ensemble } = file;
  switch (state) {
    case 'finished':
    case 'stopped':
    case 'paused': {
      const { epochs } = Curve.of(await known(new HistoryTail(folder)));
      return {
        how: state,
        result: {
          ...{ outcome: state, epochs: epochs.length },
          ...(model !== undefined && { model }),
          ...(accuracy !== undefined && { accuracy }),
          ...(warning !== undefined && { warning }),
          ...(ensemble && { ensemble }),
        },
      };
    }
    case 'failed':
      return { how: 'failed', message };
    case 'running':
    case 'interrupted':
      return (await new Outliving(folder).asked()) === 'cancel' ? { how: 'canceled' } : { how: 'died' };
  }
}

/** A curve that cannot be read now is no reason to lose sight of a run. */
const known = (tail: HistoryTail): Promise<HistoryLine[]> => tail.news().catch(() => []);
