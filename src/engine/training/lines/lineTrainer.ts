import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Random } from '../../../base/random';
import { LearnedState, type StoredState } from '../learnedState';
import { AdamW, type AdamWState } from './adamW';
import { leastFrames, type CtcTarget } from './ctc';
import { ctcLoss, type CtcLoss } from './ctcLoss';

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

/** Takes steps of gradient descent on a network that reads lines, and keeps an average of its weights. */
export class LineTrainer {
  private readonly variables: tf.Variable[];
  /** How much each of them decays: kernels do, not biases or what batch normalization learns. */
  private readonly decays: number[];
  private readonly values: Float32Array[];
  private readonly optimizer: AdamW;
  private readonly state: LearnedState;

  constructor(
    readonly model: LayersModel,
    random: Random,
    private readonly options: LineTrainerOptions,
  ) {
    this.state = new LearnedState(model, random, options.averageDecay);
    this.variables = this.state.variables;
    this.decays = this.variables.map(({ shape }) => (shape.length > 1 ? options.weightDecay : 0));
    this.values = this.variables.map((variable) => Float32Array.from(variable.dataSync<'float32'>()));
    this.optimizer = new AdamW(this.values.map(({ length }) => length));
  }

  /** One step on one batch. The losses are of the weights before it. */
  step(batch: LineBatch, learningRate: number): LineStep {
    this.state.seedDropout();
    let result: CtcLoss | undefined;
    const loss = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => {
        result = ctcLoss(this.logits(batch, true), targetsOf(batch));
        return result.loss;
      }, this.variables);
      this.descend(
        this.variables.map(({ name }) => grads[name]?.dataSync<'float32'>()),
        learningRate,
      );
      return value.dataSync()[0] ?? NaN;
    });
    this.state.stepDone();
    return { loss, ...figuresOf(result) };
  }

  private descend(gradients: readonly (Float32Array | undefined)[], learningRate: number): void {
    const all = gradients.map((each, index) => each ?? new Float32Array(this.values[index]?.length ?? 0));
    const norm = lengthOf(all);
    // a gradient that is no number would end all learning
    if (!Number.isFinite(norm)) return;
    const scale = Math.min(1, this.options.clipNorm / (norm + 1e-12));
    this.optimizer.step(this.values, all, { learningRate, decays: this.decays, scale });
    this.variables.forEach((variable, index) => {
      variable.assign(tf.tensor(this.values[index] as Float32Array, variable.shape));
    });
  }

  /** The loss of each line, without learning from it. */
  judge(batch: LineBatch): Omit<LineStep, 'loss'> {
    let result: CtcLoss | undefined;
    tf.tidy(() => {
      result = ctcLoss(this.logits(batch, false), targetsOf(batch));
    });
    return figuresOf(result);
  }

  private logits({ x, lines, points }: LineBatch, training: boolean): tf.Tensor3D {
    const input = tf.tensor3d(x, [lines, points, x.length / lines / points]);
    return this.model.apply(input, { training }) as tf.Tensor3D;
  }

  /** Does work while the model has its averaged weights, if there are any. */
  withAverage<T>(work: () => Promise<T>): Promise<T> {
    return this.state.withAverage(work);
  }

  /** The weights of the whole model. */
  saveWeights(): Promise<Float32Array[]> {
    return this.state.saveWeights();
  }

  restoreWeights(values: readonly Float32Array[]): void {
    this.state.restoreWeights(values);
    this.readValues();
  }

  /** All that the next steps depend on, but the data. */
  async save(): Promise<LineTrainerState> {
    return { ...(await this.state.save()), optimizer: this.optimizer.save() };
  }

  /** Goes on from a saved state of the same model and optimizer. */
  restore(state: LineTrainerState): void {
    this.state.restore(state);
    this.readValues();
    this.optimizer.restore(state.optimizer);
  }

  dispose(): void {
    this.state.dispose();
  }

  private readValues(): void {
    this.variables.forEach((variable, index) => this.values[index]?.set(variable.dataSync<'float32'>()));
  }
}

export interface LineTrainerState extends StoredState {
  readonly optimizer: AdamWState;
}

function figuresOf(result: CtcLoss | undefined): Omit<LineStep, 'loss'> {
  return { losses: result?.losses ?? new Float64Array(), right: result?.right ?? 0 };
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

function targetsOf({ lengths, labels }: LineBatch): CtcTarget[] {
  return lengths.map((points, line) => ({
    frames: framesOf(points, FRAME_STRIDE),
    label: labels[line] ?? [],
  }));
}

/** The length of all gradients as one vector. */
function lengthOf(gradients: readonly Float32Array[]): number {
  let sum = 0;
  for (const gradient of gradients) for (const value of gradient) sum += value * value;
  return Math.sqrt(sum);
}
