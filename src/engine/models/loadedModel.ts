import type { Ink } from '../../ink/ink';
import type { Card } from '../../models/card';

/** Pictures of one size, one behind the other. */
export interface PictureBatch {
  /** [count, height, width] gray values, 0 background to 255 ink. */
  readonly pixels: Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/** Ink of one character. */
export interface DrawnInk {
  readonly ink: Ink;
  /** Width of the pen in the ink's unit, where it is known. */
  readonly penWidth?: number | undefined;
}

/** Lists of numbers of one length, one behind the other. */
export interface Embeddings {
  readonly width: number;
  readonly values: Float32Array;
}

/** A model in memory, ready to compute, whether one network or several stand behind it. */
export interface LoadedModel {
  readonly card: Card;
  /** Of a model that reads pictures several times, the same that reads them once. */
  readonly once?: LoadedModel;
  /**
   * The probability of every class for every picture; pictures of another size than the network's are scaled.
   *
   * @returns [count, classes], rows that sum to 1
   */
  probabilities(batch: PictureBatch): Promise<Float32Array>;
  /**
   * The same for ink, of models that read its points besides.
   *
   * @param pictures of the same ink
   * @throws InkError where an ink has no point, or a coordinate that is not a finite number
   */
  inkProbabilities?(inks: readonly DrawnInk[], pictures: PictureBatch): Promise<Float32Array>;
  /**
   * What the last but one layer makes of every picture: pictures that the network takes for alike lie near each other.
   *
   * @returns [count, width], of an ensemble the members' ones behind each other
   */
  embeddings(batch: PictureBatch): Promise<Embeddings>;
  /** Frees the memory of the weights. */
  dispose(): void;
}
