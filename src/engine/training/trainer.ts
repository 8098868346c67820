import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Random } from '../../datasets/random';
import type { Loss } from '../../models/runSettings';
import { sampleLosses } from './loss';
import { restoreOptimizer, saveOptimizer, setLearningRate, type OptimizerSlot } from './optimizer';

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

export interface StepResult {
  /** Mean of the samples, without the share of the weights. */
  readonly loss: number;
  /** Samples whose most probable class is allowed. */
  readonly correct: number;
}

/** Steps between two updates of the averaged weights. */
const AVERAGE_EVERY = 8;

/** Takes steps of gradient descent on one model, and keeps an average of its weights. */
export class Trainer {
  /** What gradient descent changes. */
  private readonly variables: tf.Variable[];
  /** Those that decay: kernels, not biases or what batch normalisation learns. */
  private readonly decaying: tf.Variable[];
  /** All of the model's state: the variables, and the statistics of batch normalisation. */
  private readonly weights: tf.Variable[];
  private readonly dropouts: { seed?: number }[];
  private average: tf.Tensor[] | undefined;
  private stepsTaken = 0;

  constructor(
    readonly model: LayersModel,
    readonly optimizer: tf.Optimizer,
    private readonly random: Random,
    private readonly options: TrainerOptions,
  ) {
    this.variables = model.trainableWeights.map(variableOf);
    this.decaying = options.weightDecay > 0 ? this.variables.filter(({ shape }) => shape.length > 1) : [];
    this.weights = model.weights.map(variableOf);
    this.dropouts = model.layers
      .filter((layer) => layer.getClassName() === 'Dropout')
      .map((layer) => layer as unknown as { seed?: number });
  }

  /** One step on one batch. The result is of the weights before it. */
  async step(batch: Batch, learningRate: number): Promise<StepResult> {
    setLearningRate(this.optimizer, learningRate);
    // a seed of its own for each step, or the same units would be dropped in all of them
    for (const dropout of this.dropouts) dropout.seed = 1 + this.random.integer(2 ** 30);
    const x = tf.tensor(batch.x, [batch.size, ...(this.model.inputs[0]?.shape.slice(1) as number[])]);
    const y = tf.tensor2d(batch.y, [batch.size, batch.y.length / batch.size]);
    const weights = batch.weights && tf.tensor1d(batch.weights);
    if (this.options.decoupledDecay) this.decay(learningRate);
    const { loss, correct, cost } = this.minimize(x, y, weights);
    this.updateAverage();
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

  /** The loss and the right answers of samples that are not learnt from, summed over the batch. */
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

  private updateAverage(): void {
    const { averageDecay } = this.options;
    if (averageDecay === 0 || ++this.stepsTaken % AVERAGE_EVERY !== 0) return;
    const old = this.average;
    // a young average forgets faster, or the random start would stay in it
    const decay = Math.min(averageDecay, this.stepsTaken / (this.stepsTaken + 10 * AVERAGE_EVERY));
    this.average = this.variables.map((variable, index) =>
      tf.tidy(() => {
        const before = old?.[index];
        return before ? tf.add(tf.mul(before, decay), tf.mul(variable, 1 - decay)) : tf.clone(variable);
      }),
    );
    tf.dispose(old ?? []);
  }

  /** Runs a function while the model has its averaged weights, if there are any. */
  async withAverage<T>(run: () => Promise<T>): Promise<T> {
    if (!this.average) return run();
    const kept = this.variables.map((variable) => tf.clone(variable));
    assign(this.variables, this.average);
    try {
      return await run();
    } finally {
      assign(this.variables, kept);
      tf.dispose(kept);
    }
  }

  /** The weights of the whole model. */
  saveWeights(): Promise<Float32Array[]> {
    return Promise.all(this.weights.map(floatsOf));
  }

  restoreWeights(values: readonly Float32Array[]): void {
    const tensors = values.map((each, index) => tf.tensor(each, this.weights[index]?.shape ?? []));
    assign(this.weights, tensors);
    tf.dispose(tensors);
  }

  /** All that the next steps depend on, but the data. */
  async save(): Promise<TrainerState> {
    const weights = await this.saveWeights();
    const average = this.average && (await Promise.all(this.average.map(floatsOf)));
    const optimizer = await saveOptimizer(this.optimizer);
    return { stepsTaken: this.stepsTaken, weights, average, optimizer, random: [...this.random.save()] };
  }

  /** Goes on from a saved state of the same model and optimiser. */
  async restore(state: TrainerState): Promise<void> {
    this.restoreWeights(state.weights);
    tf.dispose(this.average ?? []);
    this.average = state.average?.map((each, index) => tf.tensor(each, this.variables[index]?.shape ?? []));
    await restoreOptimizer(this.optimizer, state.optimizer);
    this.stepsTaken = state.stepsTaken;
    this.random.restore(state.random);
  }

  dispose(): void {
    tf.dispose(this.average ?? []);
    this.optimizer.dispose();
  }
}

export interface TrainerState {
  readonly stepsTaken: number;
  readonly weights: Float32Array[];
  readonly average?: Float32Array[] | undefined;
  readonly optimizer: OptimizerSlot[];
  readonly random: number[];
}

function variableOf(weight: LayersModel['weights'][number]): tf.Variable {
  return (weight as unknown as { val: tf.Variable }).val;
}

function assign(variables: readonly tf.Variable[], values: readonly tf.Tensor[]): void {
  variables.forEach((variable, index) => {
    const value = values[index];
    if (value) variable.assign(value);
  });
}

async function numberOf(tensor: tf.Tensor): Promise<number | undefined> {
  return (await tensor.data())[0];
}

async function floatsOf(tensor: tf.Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data());
}

function countCorrect(allowed: tf.Tensor2D, probabilities: tf.Tensor2D): tf.Tensor {
  return tf.tidy(() => {
    const first = tf.oneHot(tf.argMax(probabilities, 1), probabilities.shape[1]);
    return tf.sum(tf.mul(tf.cast(first, 'float32'), allowed));
  });
}
