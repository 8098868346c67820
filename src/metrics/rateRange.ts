/** A learning rate, and the loss of training with it. */
export interface RatePoint {
  readonly rate: number;
  readonly loss: number;
  /** Mean of the losses so far, the newest weighing most. */
  readonly smoothed: number;
}

/** Weight of the losses before in the smoothed one. */
const MEMORY = 0.9;
/** The loss has diverged where it is so many times the lowest. */
const DIVERGED = 4;
/** Points before which a smoothed loss says little. */
const FIRST = 5;

/** The loss while the learning rate grows from step to step (Smith 2017, "Cyclical Learning Rates", section 3.3). */
export class RateRange {
  readonly points: RatePoint[] = [];
  private sum = 0;
  private lowest = Infinity;

  add(rate: number, loss: number): void {
    this.sum = MEMORY * this.sum + (1 - MEMORY) * loss;
    // the sum starts at nothing, which its first values are freed of (Kingma and Ba 2015)
    const smoothed = this.sum / (1 - MEMORY ** (this.points.length + 1));
    this.points.push({ rate, loss, smoothed });
    this.lowest = Math.min(this.lowest, smoothed);
  }

  /** Whether a higher rate would tell nothing more. */
  get hasDiverged(): boolean {
    const { smoothed = 0 } = this.points.at(-1) ?? {};
    return !Number.isFinite(smoothed) || (this.points.length > FIRST && smoothed > DIVERGED * this.lowest);
  }

  /** The rate at which the loss falls fastest, before it is lowest; undefined where it does not fall. */
  get suggestion(): number | undefined {
    const end = this.points.findIndex(({ smoothed }) => smoothed === this.lowest);
    let [best, steepest]: [number | undefined, number] = [undefined, 0];
    for (let at = FIRST; at < end; at++) {
      const [before, after] = [this.points[at - 1], this.points[at + 1]];
      if (!before || !after) continue;
      const slope = (after.smoothed - before.smoothed) / Math.log(after.rate / before.rate);
      if (slope < steepest) [best, steepest] = [this.points[at]?.rate, slope];
    }
    return best;
  }
}
