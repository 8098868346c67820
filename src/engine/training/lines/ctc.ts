/** A line in a batch, for the loss: how much of the batch's frames it fills, and what is written in it. */
export interface CtcTarget {
  /** Frames that the line fills, from the first on. */
  readonly frames: number;
  /** Classes of its characters, never the blank. */
  readonly label: ArrayLike<number>;
}

/** What CTC says of a batch. */
export interface CtcResult {
  /** For each line minus the logarithm of its label's probability; Infinity where the label does not fit its frames. */
  readonly losses: Float64Array;
  /** [lines, frames, classes] gradient of the sum of the finite losses with respect to the logits. */
  readonly gradient: Float32Array;
}

/** Frames that a label takes at least: one a character, and one between two that are the same. */
export function leastFrames(label: ArrayLike<number>): number {
  let repeats = 0;
  for (let i = 1; i < label.length; i++) if (label[i] === label[i - 1]) repeats++;
  return label.length + repeats;
}

/**
 * Connectionist temporal classification (Graves et al. 2006): the loss of each line and its gradient, which is softmax
 * minus occupancy, by the forward-backward algorithm in logarithms.
 *
 * @param logits [lines, frames, classes]; the last class is the blank
 * @param frames of the batch, the padding of shorter lines included
 */
export function ctc(
  logits: Float32Array,
  targets: readonly CtcTarget[],
  frames: number,
  classes: number,
): CtcResult {
  const losses = new Float64Array(targets.length);
  const gradient = new Float32Array(logits.length);
  for (const [line, target] of targets.entries()) {
    const from = line * frames * classes;
    const own = logits.subarray(from, from + target.frames * classes);
    const ownGradient = gradient.subarray(from, from + target.frames * classes);
    losses[line] = lineLoss(own, ownGradient, target, classes);
  }
  return { losses, gradient };
}

/** The loss of one line; its gradient is written where it belongs. */
function lineLoss(
  logits: Float32Array,
  gradient: Float32Array,
  { frames, label }: CtcTarget,
  classes: number,
): number {
  if (frames < leastFrames(label)) return Infinity;
  if (frames === 0) return 0;
  const states = statesOf(label, classes - 1);
  const logs = logSoftmax(logits, frames, classes);
  const forward = forwardLogs(logs, states, frames, classes);
  const count = states.length;
  const end = (frames - 1) * count;
  const total = logAdd(
    forward[end + count - 1] ?? -Infinity,
    count > 1 ? (forward[end + count - 2] ?? -Infinity) : -Infinity,
  );
  const backward = backwardLogs(logs, states, frames, classes);
  for (let i = 0; i < gradient.length; i++) gradient[i] = Math.exp(logs[i] ?? 0);
  for (let frame = 0; frame < frames; frame++) {
    for (let state = 0; state < count; state++) {
      const at = frame * count + state;
      const log = (forward[at] ?? 0) + (backward[at] ?? 0) - total;
      if (log < -40) continue;
      const place = frame * classes + (states[state] ?? 0);
      gradient[place] = (gradient[place] ?? 0) - Math.exp(log);
    }
  }
  return -total;
}

/** The label with blanks around each of its characters. */
function statesOf(label: ArrayLike<number>, blank: number): Int32Array {
  const states = new Int32Array(2 * label.length + 1).fill(blank);
  for (let i = 0; i < label.length; i++) states[2 * i + 1] = label[i] ?? blank;
  return states;
}

/** Logarithms of the softmax of each row. */
export function logSoftmax(logits: Float32Array, rows: number, columns: number): Float32Array {
  const logs = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    let most = -Infinity;
    for (let i = from; i < from + columns; i++) most = Math.max(most, logits[i] ?? 0);
    let sum = 0;
    for (let i = from; i < from + columns; i++) sum += Math.exp((logits[i] ?? 0) - most);
    const shift = most + Math.log(sum);
    for (let i = from; i < from + columns; i++) logs[i] = (logits[i] ?? 0) - shift;
  }
  return logs;
}

/** Whether a path may leave out the blank before a state: between two characters that differ. */
function skips(states: Int32Array, state: number): boolean {
  return state >= 2 && states[state] !== states[state - 2] && state % 2 === 1;
}

/** [frames, states] logarithms of the probability to have come to a state, the frame's own included. */
function forwardLogs(logs: Float32Array, states: Int32Array, frames: number, classes: number): Float64Array {
  const count = states.length;
  const forward = new Float64Array(frames * count).fill(-Infinity);
  for (let state = 0; state < Math.min(2, count) && frames > 0; state++) {
    forward[state] = logs[states[state] ?? 0] ?? 0;
  }
  for (let frame = 1; frame < frames; frame++) {
    const [at, before] = [frame * count, (frame - 1) * count];
    // what is further off cannot reach the end any more, or not be reached yet
    const first = Math.max(0, count - 2 * (frames - frame));
    const last = Math.min(count - 1, 2 * frame + 1);
    for (let state = first; state <= last; state++) {
      let log = forward[before + state] ?? -Infinity;
      if (state >= 1) log = logAdd(log, forward[before + state - 1] ?? -Infinity);
      if (skips(states, state)) log = logAdd(log, forward[before + state - 2] ?? -Infinity);
      forward[at + state] = log + (logs[frame * classes + (states[state] ?? 0)] ?? 0);
    }
  }
  return forward;
}

/** [frames, states] logarithms of the probability to come to the end from a state, the frame's own left out. */
function backwardLogs(logs: Float32Array, states: Int32Array, frames: number, classes: number): Float64Array {
  const count = states.length;
  const backward = new Float64Array(frames * count).fill(-Infinity);
  for (let state = Math.max(0, count - 2); state < count; state++) backward[(frames - 1) * count + state] = 0;
  const next = (frame: number, state: number) =>
    (backward[frame * count + state] ?? -Infinity) + (logs[frame * classes + (states[state] ?? 0)] ?? 0);
  for (let frame = frames - 2; frame >= 0; frame--) {
    const first = Math.max(0, count - 2 * (frames - frame));
    const last = Math.min(count - 1, 2 * frame + 1);
    for (let state = first; state <= last; state++) {
      let log = next(frame + 1, state);
      if (state + 1 < count) log = logAdd(log, next(frame + 1, state + 1));
      if (state + 2 < count && skips(states, state + 2)) log = logAdd(log, next(frame + 1, state + 2));
      backward[frame * count + state] = log;
    }
  }
  return backward;
}

/** The logarithm of the sum of two numbers given by theirs. */
function logAdd(a: number, b: number): number {
  if (a === -Infinity) return b;
  if (b === -Infinity) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}
