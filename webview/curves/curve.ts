import {
  addEpoch,
  addPoint,
  type CurvePoint,
  type GrowingColumns,
} from '../../src/protocol/pages/curveColumns';
import type { EpochPoint, HostToTraining } from '../../src/protocol/pages/training';

/** A run's history as the page has it: what the host sent, and what came since. */
export class Curve {
  private readonly columns: GrowingColumns;
  readonly epochs: EpochPoint[];

  constructor({ columns, epochs }: Extract<HostToTraining, { type: 'curve' }>) {
    this.columns = {
      epoch: [...columns.epoch],
      loss: [...columns.loss],
      accuracy: [...columns.accuracy],
      learningRate: [...columns.learningRate],
      count: [...columns.count],
      lossSum: [...columns.lossSum],
      accuracySum: [...columns.accuracySum],
    };
    this.epochs = [...epochs];
  }

  add(points: readonly CurvePoint[]): void {
    for (const point of points) addPoint(this.columns, point);
  }

  addEpoch(point: EpochPoint): void {
    addEpoch(this.epochs, point);
  }

  /** Epochs done at each point. */
  get at(): readonly number[] {
    return this.columns.epoch;
  }

  values(quantity: 'loss' | 'accuracy' | 'learningRate'): readonly number[] {
    return this.columns[quantity];
  }

  /**
   * The mean of the last so many points at each point. It is of every point of the run, those that the host left out
   * included: the sums count them.
   */
  average(quantity: 'loss' | 'accuracy', window: number): readonly number[] {
    const { count } = this.columns;
    const sums = this.columns[`${quantity}Sum`];
    let before = -1;
    return count.map((points, index) => {
      while ((count[before + 1] ?? Infinity) <= points - window) before++;
      const [fromCount, fromSum] = before < 0 ? [0, 0] : [count[before] ?? 0, sums[before] ?? 0];
      return ((sums[index] ?? 0) - fromSum) / (points - fromCount);
    });
  }
}

/** Index of the last value that is at most a limit, in values that grow; -1 where there is none. */
export function lastUpTo(values: readonly number[], limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
