import type { StoredState } from './learnedState';
import type { OptimizerSlot } from './optimizer';

/** Pictures and the classes that each may be of, as a network takes them. */
export interface Batch {
  /** [size, height, width, channels], 0 to 1. */
  readonly x: Float32Array;
  /** [size, classes], 1 where a sample may be of a class. */
  readonly y: Float32Array;
  readonly size: number;
  /** [size], how much each sample counts; 1 unless given. */
  readonly weights?: Float32Array | undefined;
}

export interface StepResult {
  /** Mean of the samples, without the share of the weights. */
  readonly loss: number;
  /** Samples whose most probable class is allowed. */
  readonly correct: number;
}

export interface TrainerState extends StoredState {
  readonly optimizer: OptimizerSlot[];
}

/** Takes steps of gradient descent on one model, wherever they are computed. */
export interface PictureTrainer {
  /** One step on one batch. The result is of the weights before it. */
  step(batch: Batch, learningRate: number): Promise<StepResult>;
  /** The loss and the right answers of samples that are not learned from, summed over the batch. */
  judge(batch: Batch): Promise<StepResult>;
  /** The weights of the whole model. */
  saveWeights(): Promise<Float32Array[]>;
  restoreWeights(values: readonly Float32Array[]): void;
  /** All that the next steps depend on, but the data. */
  save(): Promise<TrainerState>;
  /** Goes on from a saved state of the same model and optimizer. */
  restore(state: TrainerState): Promise<void>;
  /** Leaves the model with what was learned. */
  finish(): void;
  dispose(): void | Promise<void>;
}
