import type { BatchPoint } from '../../runs/run';
import type { TrainingProgress } from '../../protocol/engine/training';

/** Milliseconds between two reports. */
const REPORT_EVERY = 100;
/** Milliseconds that the speed is a mean over. */
const SPEED_OVER = 5000;

/** Tells how far a run is, at most ten times a second; no point of its curves gets lost. */
export class ProgressReporter {
  private report: TrainingProgress;
  private told = -Infinity;
  /** When how many samples were done, of late. */
  private marks: { time: number; done: number }[] = [];
  /** Since when training goes on, all else included. */
  private start: { time: number; done: number } | undefined;

  /**
   * @param before how far the run was before
   * @param now milliseconds, of any origin
   */
  constructor(
    backend: string,
    { done, total }: { done: number; total: number },
    private readonly send: (report: TrainingProgress) => void,
    private readonly now: () => number,
  ) {
    this.report = { phase: 'preparing', done, total, samplesPerSecond: 0, backend, points: [] };
  }

  get done(): number {
    return this.report.done;
  }

  get total(): number {
    return this.report.total;
  }

  computedBy(backend: string): void {
    this.report = { ...this.report, backend };
  }

  phase(phase: TrainingProgress['phase']): void {
    this.report = { ...this.report, phase };
    // what was done between is no training
    this.marks = [];
    this.flush();
  }

  progress(done: number, total: number): void {
    const time = this.now();
    this.start ??= { time, done };
    this.marks.push({ time, done });
    while (time - (this.marks[0]?.time ?? time) > SPEED_OVER) this.marks.shift();
    const first = this.marks[0];
    const passed = first ? time - first.time : 0;
    const speed = first && passed > 0 ? (1000 * (done - first.done)) / passed : this.report.samplesPerSecond;
    this.report = {
      ...this.report,
      done,
      total,
      samplesPerSecond: speed,
      ...this.timeLeft(time, done, total),
    };
    if (time - this.told >= REPORT_EVERY) this.flush();
  }

  private timeLeft(time: number, done: number, total: number): Pick<TrainingProgress, 'secondsLeft'> {
    const { start } = this;
    if (!start || done === start.done) return {};
    return { secondsLeft: ((total - done) * (time - start.time)) / (done - start.done) / 1000 };
  }

  point(point: BatchPoint): void {
    this.report.points.push(point);
  }

  flush(): void {
    this.told = this.now();
    this.send(this.report);
    this.report = { ...this.report, points: [] };
  }
}
