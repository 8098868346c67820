import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Random } from '../../../base/random';
import { LearnedState } from '../learnedState';
import { AdamW, clippingOf } from './adamW';
import { ctcLoss, type CtcLoss } from './ctcLoss';
import {
  targetsOf,
  type LineBatch,
  type LineLearner,
  type LineStep,
  type LineTrainerOptions,
  type LineTrainerState,
} from './lineLearner';

/** Takes steps of gradient descent on a network that reads lines, and keeps an average of its weights. */
export class LineTrainer implements LineLearner {
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
    const scale = clippingOf(all, this.options.clipNorm);
    if (scale === undefined) return;
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

  /** It has learned in the model itself. */
  finish(): void {
    // nothing is left to do
  }

  dispose(): void {
    this.state.dispose();
  }

  private readValues(): void {
    this.variables.forEach((variable, index) => this.values[index]?.set(variable.dataSync<'float32'>()));
  }
}

function figuresOf(result: CtcLoss | undefined): Omit<LineStep, 'loss'> {
  return { losses: result?.losses ?? new Float64Array(), right: result?.right ?? 0 };
}
