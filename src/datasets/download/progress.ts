/** How far a download is. */
export interface DownloadProgress {
  /**
   * `waiting` for another window that has the same in hand; `offline` until an address can be reached; `building` the
   * form that training reads.
   */
  readonly phase: 'waiting' | 'offline' | 'downloading' | 'checking' | 'building';
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** Of the last seconds; 0 until it is known. */
  readonly bytesPerSecond: number;
  /** Undefined until it is known. */
  readonly secondsLeft: number | undefined;
}

/** Milliseconds that the speed is the mean of. */
const WINDOW = 5000;

/** Measures the speed of a transfer. */
export class SpeedMeter {
  private readonly marks: { time: number; bytes: number }[] = [];

  /** @param now milliseconds, from any start */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @returns the progress with speed and time left */
  progress(phase: DownloadProgress['phase'], doneBytes: number, totalBytes: number): DownloadProgress {
    const time = this.now();
    this.marks.push({ time, bytes: doneBytes });
    while ((this.marks[1]?.time ?? Infinity) < time - WINDOW) this.marks.shift();
    const first = this.marks[0] ?? { time, bytes: doneBytes };
    const bytesPerSecond =
      time > first.time ? Math.max(0, (1000 * (doneBytes - first.bytes)) / (time - first.time)) : 0;
    const secondsLeft = bytesPerSecond > 0 ? (totalBytes - doneBytes) / bytesPerSecond : undefined;
    return { phase, doneBytes, totalBytes, bytesPerSecond, secondsLeft };
  }
}

/** Milliseconds between two reports of the same phase. */
const REPORT_AGAIN = 100;

/** Tells how far a download is, not oftener than somebody can look. */
export class ProgressReporter {
  private meter = new SpeedMeter();
  private phase: DownloadProgress['phase'] | undefined;
  private told = 0;

  constructor(
    private readonly listener: ((progress: DownloadProgress) => void) | undefined,
    private totalBytes: number,
  ) {}

  report(phase: DownloadProgress['phase'], doneBytes: number, totalBytes = this.totalBytes): void {
    this.totalBytes = totalBytes;
    const now = performance.now();
    if (phase === this.phase && now - this.told < REPORT_AGAIN && doneBytes < totalBytes) return;
    // another phase has a speed of its own
    if (phase !== this.phase) this.meter = new SpeedMeter();
    this.phase = phase;
    this.told = now;
    this.listener?.(this.meter.progress(phase, doneBytes, totalBytes));
  }
}
