import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Random } from '../../../base/random';
import { readLineChain } from '../../backends/kernels/chain';
import { LineMachine } from '../../backends/kernels/lineMachine';
import { bring, fetched, type Parameter } from '../../backends/kernels/parameters';
import { copiesOf, giveBack } from '../kernelWeights';
import { averagedWith } from '../learnedState';
import { AdamW, clippingOf, type AdamWState } from './adamW';
import { judgeLogits, type Judged } from './ctcLoss';
import { LARGEST } from './lineBatches';
import {
  targetsOf,
  type LineBatch,
  type LineLearner,
  type LineStep,
  type LineTrainerOptions,
  type LineTrainerState,
} from './lineLearner';

/**
 * Trains a model of lines by Scrawl's own kernels, which keep its weights until `finish`. Its state is that of
 * `LineTrainer`, so that a run goes on with either.
 */
export class KernelLineTrainer implements LineLearner {
  private readonly weights: readonly Parameter[];
  /** What gradient descent changes, in the order of the optimizer's state. */
  private readonly learned: readonly Parameter[];
  private readonly decays: readonly number[];
  /** Of numbers in the kernels' order. */
  private readonly optimizer: AdamW;
  private average: Float32Array[] | undefined;
  private steps = 0;

  private constructor(
    private readonly machine: LineMachine,
    model: LayersModel,
    private readonly random: Random,
    private readonly options: LineTrainerOptions,
  ) {
    this.weights = copiesOf(model.weights, machine.parameters);
    this.learned = copiesOf(model.trainableWeights, machine.parameters);
    this.decays = this.learned.map(({ decays }) => (decays ? options.weightDecay : 0));
    this.optimizer = new AdamW(this.learned.map(({ count }) => count));
  }

  /**
   * Starts the kernels with a model's weights.
   *
   * @throws NotInKernels where they do not have the model; Error where their threads cannot start
   */
  static async start(
    model: LayersModel,
    random: Random,
    options: LineTrainerOptions,
    threads: number,
  ): Promise<KernelLineTrainer> {
    const machine = await LineMachine.start(readLineChain(model), threads, LARGEST);
    try {
      const trainer = new KernelLineTrainer(machine, model, random, options);
      const weights = await Promise.all(trainer.weights.map(({ variable }) => variable.data()));
      trainer.restoreWeights(weights.map((each) => Float32Array.from(each)));
      return trainer;
    } catch (error) {
      await machine.dispose();
      throw error;
    }
  }

  /** Bytes of memory that the kernels have. */
  get bytes(): number {
    return this.machine.bytes;
  }

  step(batch: LineBatch, learningRate: number): LineStep {
    const { loss, losses, right, gradient, share } = this.judged(batch, this.random.integer(2 ** 30));
    this.machine.backward(gradient, share);
    this.descend(learningRate);
    this.steps++;
    this.updateAverage();
    return { loss, losses, right };
  }

  judge(batch: LineBatch): Omit<LineStep, 'loss'> {
    const { losses, right } = this.judged(batch, undefined);
    return { losses, right };
  }

  private judged(batch: LineBatch, seed: number | undefined): Judged {
    const { logits, frames, classes } = this.machine.forward(batch, seed);
    return judgeLogits(logits, targetsOf(batch), frames, classes);
  }

  private descend(learningRate: number): void {
    const gradients = this.learned.map((each) => this.machine.gradientOf(each));
    const scale = clippingOf(gradients, this.options.clipNorm);
    if (scale === undefined) return;
    const values = this.learned.map((each) => this.machine.valuesOf(each));
    this.optimizer.step(values, gradients, { learningRate, decays: this.decays, scale });
  }

  private updateAverage(): void {
    const decay = averagedWith(this.steps, this.options.averageDecay);
    if (decay === undefined) return;
    const now = this.current();
    this.average?.forEach((before, index) => {
      const weights = now[index] ?? before;
      before.forEach((value, i) => (weights[i] = value * decay + (weights[i] ?? 0) * (1 - decay)));
    });
    this.average = now;
  }

  /** Does work while kernels and model have the averaged weights, if there are any. */
  async withAverage<T>(work: () => Promise<T>): Promise<T> {
    const kept = this.current();
    if (this.average) this.restoreWeights(this.average);
    this.finish();
    try {
      return await work();
    } finally {
      this.restoreWeights(kept);
    }
  }

  private current(): Float32Array[] {
    return this.weights.map((each) => this.machine.fetch(each));
  }

  saveWeights(): Promise<Float32Array[]> {
    return Promise.resolve(this.current());
  }

  restoreWeights(values: readonly Float32Array[]): void {
    this.weights.forEach((each, index) => this.machine.bring(each, values[index] ?? []));
  }

  save(): Promise<LineTrainerState> {
    const { steps, moments } = this.optimizer.save();
    return Promise.resolve({
      stepsTaken: this.steps,
      weights: this.current(),
      average: this.average?.map((each) => each.slice()),
      random: [...this.random.save()],
      optimizer: { steps, moments: this.reordered(moments, (list, order) => fetched(list, 0, order)) },
    });
  }

  restore({ stepsTaken, weights, average, random, optimizer }: LineTrainerState): void {
    this.restoreWeights(weights);
    this.average = average?.map((each) => each.slice());
    this.steps = stepsTaken;
    this.random.restore(random);
    const moments = this.reordered(optimizer.moments, (list, order) => {
      const own = new Float32Array(order.count);
      bring(own, 0, order, list);
      return own;
    });
    this.optimizer.restore({ steps: optimizer.steps, moments });
  }

  private reordered(
    moments: AdamWState['moments'],
    reorder: (list: Float32Array, order: Parameter) => Float32Array,
  ): AdamWState['moments'] {
    return moments.map(({ mean, square }, index) => {
      const order = this.learned[index] as Parameter;
      return { mean: reorder(mean, order), square: reorder(square, order) };
    });
  }

  finish(): void {
    giveBack(this.weights, (each) => this.machine.fetch(each));
  }

  dispose(): Promise<void> {
    return this.machine.dispose();
  }
}
