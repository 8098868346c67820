import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Random } from '../../datasets/random';
import { crossEntropy } from './loss';
import { setLearningRate } from './optimizer';

/** Pictures and the classes that each may be of, as a network takes them. */
export interface Batch {
  /** [size, height, width, channels], 0 to 1. */
  readonly x: Float32Array;
  /** [size, classes], 1 where a sample may be of a class. */
  readonly y: Float32Array;
  readonly size: number;
}

interface StepResult {
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
  /** All of the model's state: the variables, and the statistics of batch normalisation. */
  private readonly weights: tf.Variable[];
  private readonly dropouts: { seed?: number }[];
  private average: tf.Tensor[] | undefined;
  private stepsTaken = 0;

  /** @param averageDecay weight of the old average at each update, 0 to keep none (Polyak and Juditsky 1992) */
  constructor(
    readonly model: LayersModel,
    readonly optimizer: tf.Optimizer,
    private readonly random: Random,
    private readonly options: { labelSmoothing: number; averageDecay: number },
  ) {
    this.variables = model.trainableWeights.map(variableOf);
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
    let correct: tf.Tensor | undefined;
    const loss = this.optimizer.minimize(
      () => {
        const probabilities = this.model.apply(x, { training: true }) as tf.Tensor2D;
        correct = tf.keep(countCorrect(y, probabilities));
        return crossEntropy(y, probabilities, this.options.labelSmoothing);
      },
      true,
      this.variables,
    );
    this.updateAverage();
    const result = { loss: (await loss?.data())?.[0] ?? NaN, correct: (await correct?.data())?.[0] ?? 0 };
    tf.dispose([x, y, loss as tf.Scalar, correct]);
    return result;
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

  /** All that the next steps depend on, but the data. */
  async save(): Promise<TrainerState> {
    const weights = await Promise.all(this.weights.map(floatsOf));
    const average = this.average && (await Promise.all(this.average.map(floatsOf)));
    const slots = await this.optimizer.getWeights();
    const optimizer = await Promise.all(
      slots.map(async ({ name, tensor }) => ({ name, shape: tensor.shape, values: await floatsOf(tensor) })),
    );
    return { stepsTaken: this.stepsTaken, weights, average, optimizer, random: this.random.save() };
  }

  /** Goes on from a saved state of the same model and optimiser. */
  async restore(state: TrainerState): Promise<void> {
    const tensors = (values: readonly Float32Array[], like: readonly tf.Tensor[]) =>
      values.map((each, index) => tf.tensor(each, like[index]?.shape ?? []));
    const weights = tensors(state.weights, this.weights);
    assign(this.weights, weights);
    tf.dispose(weights);
    tf.dispose(this.average ?? []);
    this.average = state.average && tensors(state.average, this.variables);
    await this.optimizer.setWeights(
      state.optimizer.map(({ name, shape, values }) => ({
        name,
        tensor: name === 'iter' ? tf.tensor(values, shape, 'int32') : tf.tensor(values, shape),
      })),
    );
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
  readonly weights: readonly Float32Array[];
  readonly average?: readonly Float32Array[] | undefined;
  readonly optimizer: readonly { name: string; shape: number[]; values: Float32Array }[];
  readonly random: readonly number[];
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

async function floatsOf(tensor: tf.Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data());
}

function countCorrect(allowed: tf.Tensor2D, probabilities: tf.Tensor2D): tf.Tensor {
  return tf.tidy(() => {
    const first = tf.oneHot(tf.argMax(probabilities, 1), probabilities.shape[1]);
    return tf.sum(tf.mul(tf.cast(first, 'float32'), allowed));
  });
}
