import type { Frames } from './frames';
import type { UsefulFrames } from './usefulFrames';

/** The frames that a character was read from: from `from` to before `to`. Of a space there are none. */
export interface FrameRange {
  readonly from: number;
  readonly to: number;
}

/** States so much less likely than the likeliest of a frame are given up. */
const DEPTH = 60;

/** How a state was come to: from itself, the one before, or the one before that. */
type Step = 0 | 1 | 2;

/**
 * The likeliest path of a text through the frames: Viterbi's algorithm over CTC's states, a blank around and between
 * the characters. It takes time and memory for the likely states only.
 *
 * @param classes of the text's characters, spaces left out
 * @returns for each class its frames; nothing where the text does not fit into the frames
 */
export function alignClasses(
  frames: Frames,
  useful: UsefulFrames,
  classes: readonly number[],
): FrameRange[] | undefined {
  const trellis = new Trellis(frames, useful, classes);
  return trellis.rangesWithin(DEPTH) ?? trellis.rangesWithin(Infinity);
}

class Trellis {
  private readonly states: number;

  constructor(
    private readonly frames: Frames,
    private readonly useful: UsefulFrames,
    private readonly classes: readonly number[],
  ) {
    this.states = 2 * classes.length + 1;
  }

  rangesWithin(depth: number): FrameRange[] | undefined {
    const steps = this.forward(depth);
    return steps && this.rangesOf(steps);
  }

  /** The steps into the states of each frame, those from its first likely state on; nothing where none ends the text. */
  private forward(depth: number): { first: number; steps: Uint8Array }[] | undefined {
    const { states, useful } = this;
    const columns: { first: number; steps: Uint8Array }[] = [];
    let scores = new Float64Array(states).fill(-Infinity);
    let next = new Float64Array(states).fill(-Infinity);
    let low = 0;
    // before the first frame only "nothing read", a state before the first blank, has been come to
    let high = 0;
    for (let i = 0; i < useful.count; i++) {
      high = i === 0 ? Math.min(1, states - 1) : Math.min(high + 2, states - 1);
      const steps = new Uint8Array(high - low + 1);
      let best = -Infinity;
      for (let state = low; state <= high; state++) {
        const step = i === 0 ? 0 : this.bestStep(scores, state);
        const before = i === 0 ? 0 : (scores[state - step] ?? -Infinity);
        const score = before + this.emission(i, state);
        next[state] = score;
        steps[state - low] = step;
        best = Math.max(best, score);
      }
      columns.push({ first: low, steps });
      scores.fill(-Infinity, low, high + 1);
      [scores, next] = [next, scores];
      while (low < high && (scores[low] ?? 0) < best - depth) scores[low++] = -Infinity;
      while (high > low && (scores[high] ?? 0) < best - depth) scores[high--] = -Infinity;
    }
    return Math.max(this.at(scores, states - 1), this.at(scores, states - 2)) > -Infinity
      ? this.ended(columns, scores)
      : undefined;
  }

  /** Puts the state that the path ends in behind the columns, as a column of its own. */
  private ended(columns: { first: number; steps: Uint8Array }[], scores: Float64Array) {
    const isBlank = this.at(scores, this.states - 1) >= this.at(scores, this.states - 2);
    columns.push({ first: isBlank ? this.states - 1 : this.states - 2, steps: new Uint8Array(1) });
    return columns;
  }

  private at(scores: Float64Array, state: number): number {
    return scores[state] ?? -Infinity;
  }

  /** How the likeliest path comes to a state. A blank between two characters is left out only if they differ. */
  private bestStep(scores: Float64Array, state: number): Step {
    const stay = this.at(scores, state);
    const one = this.at(scores, state - 1);
    const two = this.mayLeap(state) ? this.at(scores, state - 2) : -Infinity;
    if (two > one && two > stay) return 2;
    return one > stay ? 1 : 0;
  }

  private mayLeap(state: number): boolean {
    const at = (state - 1) / 2;
    return state % 2 === 1 && at > 0 && this.classes[at] !== this.classes[at - 1];
  }

  private emission(i: number, state: number): number {
    const { useful, frames, classes } = this;
    if (state % 2 === 0) return useful.blanks[i] ?? 0;
    if (useful.first[i] === useful.first[i + 1]) return -Infinity;
    const row = (useful.at[i] ?? 0) * (frames.characters.length + 1);
    return frames.logProbabilities[row + (classes[(state - 1) / 2] ?? 0)] ?? -Infinity;
  }

  private rangesOf(columns: readonly { first: number; steps: Uint8Array }[]): FrameRange[] {
    const ranges: FrameRange[] = this.classes.map(() => ({ from: 0, to: 0 }));
    let state = columns.at(-1)?.first ?? 0;
    for (let i = this.useful.count - 1; i >= 0; i--) {
      if (state % 2 === 1) this.cover(ranges, (state - 1) / 2, this.useful.at[i] ?? 0);
      const column = columns[i];
      state -= column?.steps[state - column.first] ?? 0;
    }
    return ranges;
  }

  private cover(ranges: FrameRange[], at: number, frame: number): void {
    const range = ranges[at];
    ranges[at] = { from: frame, to: range && range.to > 0 ? range.to : frame + 1 };
  }
}
