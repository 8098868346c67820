import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Random } from '../../base/random';
import type { Loss } from '../../runs/runSettings';
import { LearnedState } from './learnedState';
import { sampleLosses } from './loss';
import { restoreOptimizer, saveOptimizer, setLearningRate } from './optimizer';
import type { Batch, PictureTrainer, StepResult, TrainerState } from './pictureTrainer';

/** How a network learns. */
export interface TrainerOptions {
  readonly loss: Loss;
  readonly labelSmoothing: number;
  /** Of the weights' squares in the loss, or of the weights themselves where it is decoupled. */
  readonly weightDecay: number;
  /** The weights decay by themselves, apart from the gradient (Loshchilov and Hutter 2019). */
  readonly decoupledDecay: boolean;
  /** Weight of the old average at each update, 0 to keep none (Polyak and Juditsky 1992). */
  readonly averageDecay: number;
}

/** Takes steps of gradient descent on one model, and keeps an average of its weights. */
export class Trainer implements PictureTrainer {
  /** What gradient descent changes. */
  private readonly variables: tf.Variable[];
  /** Those that decay: kernels, not biases or what batch normalization learns. */
  private readonly decaying: tf.Variable[];
  private readonly state: LearnedState;

  constructor(
    readonly model: LayersModel,
    readonly optimizer: tf.Optimizer,
    random: Random,
    private readonly options: TrainerOptions,
  ) {
    this.state = new LearnedState(model, random, options.averageDecay);
    this.variables = this.state.variables;
    this.decaying = options.weightDecay > 0 ? this.variables.filter(({ shape }) => shape.length > 1) : [];
  }

  /** One step on one batch. The result is of the weights before it. */
  async step(batch: Batch, learningRate: number): Promise<StepResult> {
    setLearningRate(this.optimizer, learningRate);
    this.state.seedDropout();
    const x = tf.tensor(batch.x, [batch.size, ...(this.model.inputs[0]?.shape.slice(1) as number[])]);
    const y = tf.tensor2d(batch.y, [batch.size, batch.y.length / batch.size]);
    const weights = batch.weights && tf.tensor1d(batch.weights);
    if (this.options.decoupledDecay) this.decay(learningRate);
    const { loss, correct, cost } = this.minimize(x, y, weights);
    this.state.stepDone();
    const [meanLoss = NaN, count = 0] = await Promise.all([loss, correct].map(numberOf));
    tf.dispose([x, y, weights ?? [], loss, correct, cost]);
    return { loss: meanLoss, correct: count };
  }

  private minimize(x: tf.Tensor, y: tf.Tensor2D, weights: tf.Tensor1D | undefined) {
    const { labelSmoothing } = this.options;
    let loss: tf.Tensor | undefined;
    let correct: tf.Tensor | undefined;
    const cost = this.optimizer.minimize(
      () => {
        const probabilities = this.model.apply(x, { training: true }) as tf.Tensor2D;
        correct = tf.keep(countCorrect(y, probabilities));
        const losses = sampleLosses(this.options.loss, y, probabilities, labelSmoothing);
        loss = tf.keep(tf.mean(weights ? tf.mul(losses, weights) : losses));
        return this.options.decoupledDecay ? (loss as tf.Scalar) : this.withPenalty(loss);
      },
      true,
      this.variables,
    );
    return { loss, correct, cost } as { loss: tf.Tensor; correct: tf.Tensor; cost: tf.Tensor };
  }

  private withPenalty(loss: tf.Tensor): tf.Scalar {
    return this.decaying.reduce(
      (sum, variable) => tf.add(sum, tf.mul(tf.sum(tf.square(variable)), this.options.weightDecay)),
      loss,
    ) as tf.Scalar;
  }

  private decay(learningRate: number): void {
    const share = 1 - learningRate * this.options.weightDecay;
    for (const variable of this.decaying) {
      tf.tidy(() => variable.assign(tf.mul(variable, share)));
    }
  }

  /** The loss and the right answers of samples that are not learned from, summed over the batch. */
  async judge(batch: Batch): Promise<StepResult> {
    const sums = tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const x = tf.tensor(batch.x, [batch.size, ...(this.model.inputs[0]?.shape.slice(1) as number[])]);
      const y = tf.tensor2d(batch.y, [batch.size, batch.y.length / batch.size]);
      const probabilities = this.model.apply(x) as tf.Tensor2D;
      const losses = sampleLosses(this.options.loss, y, probabilities, this.options.labelSmoothing);
      return [tf.sum(losses), countCorrect(y, probabilities)];
    });
    const [loss = NaN, correct = 0] = await Promise.all(sums.map(numberOf));
    tf.dispose(sums);
    return { loss, correct };
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
  }

  /** All that the next steps depend on, but the data. */
  async save(): Promise<TrainerState> {
    return { ...(await this.state.save()), optimizer: await saveOptimizer(this.optimizer) };
  }

  /** Goes on from a saved state of the same model and optimizer. */
  async restore(state: TrainerState): Promise<void> {
    this.state.restore(state);
    await restoreOptimizer(this.optimizer, state.optimizer);
  }

  /** It has learned in the model itself. */
  finish(): void {
    // nothing is left to do
  }

  dispose(): void {
    this.state.dispose();
    this.optimizer.dispose();
  }
}

async function numberOf(tensor: tf.Tensor): Promise<number | undefined> {
  return (await tensor.data())[0];
}

function countCorrect(allowed: tf.Tensor2D, probabilities: tf.Tensor2D): tf.Tensor {
  return tf.tidy(() => {
    const first = tf.oneHot(tf.argMax(probabilities, 1), probabilities.shape[1]);
    return tf.sum(tf.mul(tf.cast(first, 'float32'), allowed));
  });
}
