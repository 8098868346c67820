/** What the threads of a machine share, and what one step is told. */
@unmanaged
export class Control {
  /** Raised for each piece of work. */
  go: i32;
  /** 1 when the threads are to end. */
  stop: i32;
  /** Threads that wait at the barrier, and how often all have met there. */
  waiting: i32;
  meetings: i32;
  threads: u32;
  /** The table of the program to run: for each thread where its own begins. */
  programs: usize;
  /** Samples of this step. */
  size: u32;
  /** Of this step's random numbers. */
  seed: u32;
  /** What the optimizer is told: see `optimizer.ts`. */
  optimizer: u32;
  rate: f32;
  /** Factors that undo the start of Adam's means at zero. */
  firstCorrection: f32;
  secondCorrection: f32;
  /** Factor of weights that decay by themselves, once a step. */
  keep: f32;
  /** 1 where dropout drops and batch normalization takes the batch's statistics. */
  training: u32;
}

const SPINS = 4000;
/** Nanoseconds of one wait, and how many are too many: then a thread has died. */
const PATIENCE: i64 = 1000000000;
const WAITS = 300;

/** Waits until all threads have come here. */
export function barrier(control: Control): void {
  if (control.threads == 1) return;
  const meetings = changetype<usize>(control) + offsetof<Control>('meetings');
  const waiting = changetype<usize>(control) + offsetof<Control>('waiting');
  const before = atomic.load<i32>(meetings);
  if (atomic.add<i32>(waiting, 1) + 1 == control.threads) {
    atomic.store<i32>(waiting, 0);
    atomic.add<i32>(meetings, 1);
    atomic.notify(meetings, -1);
    return;
  }
  for (let i = 0; i < SPINS; i++) if (atomic.load<i32>(meetings) != before) return;
  for (let i = 0; atomic.load<i32>(meetings) == before; i++) {
    if (i == WAITS) unreachable();
    atomic.wait<i32>(meetings, before, PATIENCE);
  }
}

/** Waits until there is more work than was seen; gives false where the thread is to end. */
export function nextWork(control: Control, seen: i32): bool {
  const go = changetype<usize>(control) + offsetof<Control>('go');
  for (let i = 0; i < SPINS; i++) if (atomic.load<i32>(go) != seen) break;
  while (atomic.load<i32>(go) == seen) atomic.wait<i32>(go, seen, PATIENCE);
  return !control.stop;
}

/** Wakes the other threads for a piece of work. */
export function wake(control: Control): void {
  const go = changetype<usize>(control) + offsetof<Control>('go');
  atomic.add<i32>(go, 1);
  atomic.notify(go, -1);
}
