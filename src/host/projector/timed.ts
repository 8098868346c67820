/** Milliseconds of a phase before its rate says anything. */
const RATE_AFTER = 500;

/** Tells how many seconds a phase of some work will still take, by how fast it was so far. */
export function timed(now: () => number = () => performance.now()) {
  let begun: { phase: string; at: number; done: number } | undefined;
  return (phase: string, done: number, total: number): number | undefined => {
    if (begun?.phase !== phase) begun = { phase, at: now(), done };
    const [spent, progress] = [now() - begun.at, done - begun.done];
    if (spent < RATE_AFTER || progress <= 0) return undefined;
    return ((total - done) * spent) / progress / 1000;
  };
}
