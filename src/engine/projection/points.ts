/** Points in a space of some dimensions. */
export interface Points {
  readonly count: number;
  readonly width: number;
  /** [count, width] */
  readonly values: Float32Array;
}

/** Told how far a part of the work is. */
export type Report = (done: number, total: number) => void;
