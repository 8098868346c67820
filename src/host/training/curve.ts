import type { HistoryLine } from '../../runs/run';
import { addEpoch, addPoint, type CurvePoint, emptyColumns } from '../../protocol/pages/curveColumns';
import type { Columns, EpochPoint } from '../../protocol/pages/training';
import { keptPoints } from './keptPoints';

/** Points that are kept of a long history: several for each pixel of a wide sidebar. */
export const MOST_POINTS = 8000;

/** A run's history in bounded memory: of a long one only the points that its picture needs, and the sums of all. */
export class Curve {
  private columns = emptyColumns();
  readonly epochs: EpochPoint[] = [];

  static of(history: readonly HistoryLine[]): Curve {
    const curve = new Curve();
    for (const line of history) {
      if (line.type === 'batch') curve.add(line);
      else curve.addEpoch(line);
    }
    return curve;
  }

  add(point: CurvePoint): void {
    addPoint(this.columns, point);
    if (this.columns.epoch.length >= 2 * MOST_POINTS) this.thin();
  }

  addEpoch({ epoch, loss, accuracy, validationLoss, validationAccuracy, learningRate, seconds }: EpochPoint) {
    addEpoch(this.epochs, {
      epoch,
      loss,
      accuracy,
      validationLoss,
      validationAccuracy,
      learningRate,
      seconds,
    });
  }

  /** The points as the view takes them: at most MOST_POINTS. */
  toColumns(): Columns {
    this.thin();
    const { epoch, loss, accuracy, learningRate, count, lossSum, accuracySum } = this.columns;
    return {
      epoch: Float64Array.from(epoch),
      loss: Float64Array.from(loss),
      accuracy: Float64Array.from(accuracy),
      learningRate: Float64Array.from(learningRate),
      count: Float64Array.from(count),
      lossSum: Float64Array.from(lossSum),
      accuracySum: Float64Array.from(accuracySum),
    };
  }

  private thin(): void {
    const { epoch, loss, accuracy } = this.columns;
    if (epoch.length <= MOST_POINTS) return;
    const kept = keptPoints(epoch, [loss, accuracy], MOST_POINTS);
    const pick = (column: readonly number[]) => kept.map((index) => column[index] ?? 0);
    const columns = emptyColumns();
    for (const name of Object.keys(columns) as (keyof Columns)[]) columns[name] = pick(this.columns[name]);
    this.columns = columns;
  }
}
