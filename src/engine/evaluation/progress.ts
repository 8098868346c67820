/** Milliseconds between two reports. */
const CALM = 100;

/** How far some work is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly samplesPerSecond: number;
}

/** Reports at most ten times a second, and at the end. */
export function calmly(report: (progress: Progress) => void): (done: number, total: number) => void {
  const started = performance.now();
  let last = -Infinity;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - last < CALM) return;
    last = now;
    report({ done, total, samplesPerSecond: (1000 * done) / Math.max(1, now - started) });
  };
}
