import type { Columns, EpochPoint } from './training';

/** A point of the curves between epochs. */
export interface CurvePoint {
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly learningRate: number;
}

/** The columns of a curve while it grows. */
export type GrowingColumns = Record<keyof Columns, number[]>;

export function emptyColumns(): GrowingColumns {
  return { epoch: [], loss: [], accuracy: [], learningRate: [], count: [], lossSum: [], accuracySum: [] };
}

/** Adds a point; a run that went on from its checkpoint learns some points again, which replace those of before. */
export function addPoint(columns: GrowingColumns, point: CurvePoint): void {
  while ((columns.epoch.at(-1) ?? -Infinity) >= point.epoch) {
    for (const column of Object.values(columns)) column.pop();
  }
  columns.count.push((columns.count.at(-1) ?? 0) + 1);
  columns.lossSum.push((columns.lossSum.at(-1) ?? 0) + point.loss);
  columns.accuracySum.push((columns.accuracySum.at(-1) ?? 0) + point.accuracy);
  columns.epoch.push(point.epoch);
  columns.loss.push(point.loss);
  columns.accuracy.push(point.accuracy);
  columns.learningRate.push(point.learningRate);
}

/** Adds an epoch, as `addPoint` does a point. */
export function addEpoch(epochs: EpochPoint[], point: EpochPoint): void {
  while ((epochs.at(-1)?.epoch ?? -Infinity) >= point.epoch) epochs.pop();
  epochs.push(point);
}
