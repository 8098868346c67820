import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Random } from '../../base/random';

/** All that a training has changed of a model, beside what its optimizer keeps. */
export interface StoredState {
  readonly stepsTaken: number;
  readonly weights: Float32Array[];
  readonly average?: Float32Array[] | undefined;
  readonly random: number[];
}

/** Steps between two updates of the averaged weights. */
const AVERAGE_EVERY = 8;

/**
 * The weight of the old average of a model's weights when they enter it.
 *
 * @param averageDecay the most, 0 to keep none
 * @returns undefined where they do not enter it after so many steps
 */
export function averagedWith(stepsTaken: number, averageDecay: number): number | undefined {
  if (stepsTaken % AVERAGE_EVERY !== 0 || averageDecay === 0) return undefined;
  // a young average forgets faster, or the random start would stay in it
  return Math.min(averageDecay, stepsTaken / (stepsTaken + 10 * AVERAGE_EVERY));
}

/** What a training changes of a model: its weights, an average of them, and the random numbers of its dropout. */
export class LearnedState {
  /** What gradient descent changes. */
  readonly variables: tf.Variable[];
  /** The variables, and the statistics of batch normalization. */
  private readonly weights: tf.Variable[];
  private readonly dropouts: { seed?: number }[];
  private average: tf.Tensor[] | undefined;
  private stepsTaken = 0;

  /** @param averageDecay weight of the old average at each update, 0 to keep none (Polyak and Juditsky 1992) */
  constructor(
    model: LayersModel,
    private readonly random: Random,
    private readonly averageDecay: number,
  ) {
    this.variables = model.trainableWeights.map(variableOf);
    this.weights = model.weights.map(variableOf);
    this.dropouts = model.layers
      .filter((layer) => layer.getClassName() === 'Dropout')
      .map((layer) => layer as unknown as { seed?: number });
  }

  /** Gives dropout a seed of its own for the next step, or the same units would be dropped in all of them. */
  seedDropout(): void {
    for (const dropout of this.dropouts) dropout.seed = 1 + this.random.integer(2 ** 30);
  }

  /** Counts a step, and has it in the average now and then. */
  stepDone(): void {
    const decay = averagedWith(++this.stepsTaken, this.averageDecay);
    if (decay === undefined) return;
    const old = this.average;
    this.average = this.weights.map((variable, index) =>
      tf.tidy(() => {
        const before = old?.[index];
        return before ? tf.add(tf.mul(before, decay), tf.mul(variable, 1 - decay)) : tf.clone(variable);
      }),
    );
    tf.dispose(old ?? []);
  }

  /** Does work while the model has its averaged weights, if there are any. */
  async withAverage<T>(work: () => Promise<T>): Promise<T> {
    if (!this.average) return work();
    const kept = this.weights.map((variable) => tf.clone(variable));
    assign(this.weights, this.average);
    try {
      return await work();
    } finally {
      assign(this.weights, kept);
      tf.dispose(kept);
    }
  }

  /** The weights of the whole model. */
  saveWeights(): Promise<Float32Array[]> {
    return Promise.all(this.weights.map(floatsOf));
  }

  restoreWeights(values: readonly Float32Array[]): void {
    const tensors = this.tensorsOf(values);
    assign(this.weights, tensors);
    tf.dispose(tensors);
  }

  async save(): Promise<StoredState> {
    return {
      stepsTaken: this.stepsTaken,
      weights: await this.saveWeights(),
      average: this.average && (await Promise.all(this.average.map(floatsOf))),
      random: [...this.random.save()],
    };
  }

  restore({ stepsTaken, weights, average, random }: StoredState): void {
    this.restoreWeights(weights);
    tf.dispose(this.average ?? []);
    this.average = average && this.tensorsOf(average);
    this.stepsTaken = stepsTaken;
    this.random.restore(random);
  }

  dispose(): void {
    tf.dispose(this.average ?? []);
  }

  private tensorsOf(values: readonly Float32Array[]): tf.Tensor[] {
    return values.map((each, index) => tf.tensor(each, this.weights[index]?.shape ?? []));
  }
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
