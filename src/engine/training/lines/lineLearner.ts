import type { StoredState } from '../learnedState';
import type { AdamWState } from './adamW';
import { leastFrames, type CtcTarget } from './ctc';

/** Lines as a network takes them. */
export interface LineBatch {
  /** [lines, points, features], shorter lines filled up with zeros. */
  readonly x: Float32Array;
  readonly lines: number;
  readonly points: number;
  /** Of each line the points that are not filled up. */
  readonly lengths: readonly number[];
  /** Of each line the classes of its characters. */
  readonly labels: readonly (readonly number[])[];
}

export interface LineTrainerOptions {
  /** Of kernels, apart from the gradient (Loshchilov and Hutter 2019). */
  readonly weightDecay: number;
  /** Weight of the old average at each update, 0 to keep none. */
  readonly averageDecay: number;
  /** The gradient of all weights together is no longer than this. */
  readonly clipNorm: number;
}

export interface LineStep {
  /** Mean of a character. */
  readonly loss: number;
  /** Of each line; Infinity where its label does not fit. */
  readonly losses: Float64Array;
  /** Lines that are read without an error. */
  readonly right: number;
}

export interface LineTrainerState extends StoredState {
  readonly optimizer: AdamWState;
}

/** Takes steps of gradient descent on a network that reads lines, wherever they are computed, and keeps an average of its weights. */
export interface LineLearner {
  /** One step on one batch. The losses are of the weights before it. */
  step(batch: LineBatch, learningRate: number): LineStep;
  /** The loss of each line, without learning from it. */
  judge(batch: LineBatch): Omit<LineStep, 'loss'>;
  /** Does work while the model has its averaged weights, if there are any. */
  withAverage<T>(work: () => Promise<T>): Promise<T>;
  /** The weights of the whole model. */
  saveWeights(): Promise<Float32Array[]>;
  restoreWeights(values: readonly Float32Array[]): void;
  /** All that the next steps depend on, but the data. */
  save(): Promise<LineTrainerState>;
  /** Goes on from a saved state of the same model and optimizer. */
  restore(state: LineTrainerState): void;
  /** Leaves the model with what was learned. */
  finish(): void;
  dispose(): void | Promise<void>;
}

/** Frames that the network makes of points. */
export function framesOf(points: number, stride: number): number {
  return Math.ceil(points / stride);
}

/** Points a frame. */
export const FRAME_STRIDE = 4;

/** Whether a line of so many points has frames enough for its label. */
export function fits(points: number, label: readonly number[]): boolean {
  return framesOf(points, FRAME_STRIDE) >= leastFrames(label);
}

/** What CTC is told of a batch. */
export function targetsOf({ lengths, labels }: LineBatch): CtcTarget[] {
  return lengths.map((points, line) => ({
    frames: framesOf(points, FRAME_STRIDE),
    label: labels[line] ?? [],
  }));
}
