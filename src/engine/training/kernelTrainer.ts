import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Random } from '../../base/random';
import type { RunSettings } from '../../runs/runSettings';
import { readChain, type Chain } from '../backends/kernels/chain';
import { Machine, type Judgment } from '../backends/kernels/machine';
import type { Parameter } from '../backends/kernels/parameters';
import { makePlan } from '../backends/kernels/plan';
import { copiesOf, giveBack } from './kernelWeights';
import type { OptimizerSlot } from './optimizer';
import type { Batch, PictureTrainer, StepResult, TrainerState } from './pictureTrainer';

/** How fast Adam's running means forget (Kingma and Ba 2015), as the kernels have it. */
const BETA1 = Math.fround(0.9);
const BETA2 = Math.fround(0.999);

export type KernelSettings = Pick<
  RunSettings,
  'batchSize' | 'optimizer' | 'loss' | 'labelSmoothing' | 'weightDecay'
>;

/**
 * Trains a model by Scrawl's own kernels, which keep its weights until `finish`. Its state is kept as TensorFlow.js'
 * optimizers keep theirs, so that a run goes on with either.
 */
export class KernelTrainer implements PictureTrainer {
  private readonly weights: readonly Parameter[];
  /** What gradient descent changes, in the order of the optimizer's state. */
  private readonly learned: readonly Parameter[];
  private readonly dropout: boolean;
  private steps = 0;
  private powers: [number, number] = [BETA1, BETA2];

  private constructor(
    private readonly machine: Machine,
    private readonly settings: KernelSettings,
    private readonly random: Random,
    model: LayersModel,
    chain: Chain,
  ) {
    const { parameters } = machine.plan;
    this.weights = copiesOf(model.weights, parameters);
    this.learned = copiesOf(model.trainableWeights, parameters);
    this.dropout = chain.layers.some(({ kind }) => kind === 'dropout');
  }

  /**
   * Starts the kernels with a model's weights.
   *
   * @throws NotInKernels where they do not have the model; Error where their threads cannot start
   */
  static async start(
    model: LayersModel,
    settings: KernelSettings,
    random: Random,
    threads: number,
  ): Promise<KernelTrainer> {
    const chain = readChain(model);
    const machine = await Machine.start(makePlan(chain, { ...settings, batch: settings.batchSize, threads }));
    const trainer = new KernelTrainer(machine, settings, random, model, chain);
    const weights = await Promise.all(trainer.weights.map(({ variable }) => variable.data()));
    trainer.restoreWeights(weights.map((each) => Float32Array.from(each)));
    return trainer;
  }

  /** Bytes of memory that the kernels have. */
  get bytes(): number {
    return this.machine.plan.arena.bytes;
  }

  step({ x, y, size, weights }: Batch, learningRate: number): Promise<StepResult> {
    const { optimizer, weightDecay } = this.settings;
    const [first, second] = this.powers;
    const { loss, correct } = this.machine.step(
      { x, y, size, weights },
      {
        optimizer,
        rate: learningRate,
        firstCorrection: 1 / (1 - first),
        secondCorrection: 1 / (1 - second),
        keep: 1 - learningRate * weightDecay,
        seed: this.dropout ? this.random.integer(2 ** 30) : 0,
      },
    );
    this.steps++;
    this.powers = [Math.fround(first * BETA1), Math.fround(second * BETA2)];
    return Promise.resolve({ loss: loss / size, correct });
  }

  judge({ x, y, size }: Batch): Promise<StepResult> {
    const most = this.machine.plan.batch;
    const part = (values: Float32Array, from: number, to: number) =>
      values.subarray((values.length / size) * from, (values.length / size) * to);
    const sum = { loss: 0, correct: 0 };
    for (let from = 0; from < size; from += most) {
      const to = Math.min(size, from + most);
      const each: Judgment = this.machine.judge({
        x: part(x, from, to),
        y: part(y, from, to),
        size: to - from,
      });
      sum.loss += each.loss;
      sum.correct += each.correct;
    }
    return Promise.resolve(sum);
  }

  saveWeights(): Promise<Float32Array[]> {
    return Promise.resolve(this.weights.map((each) => this.machine.fetch(each.values, each)));
  }

  restoreWeights(values: readonly Float32Array[]): void {
    this.weights.forEach((each, index) => this.machine.bring(each.values, each, values[index] ?? []));
  }

  async save(): Promise<TrainerState> {
    return {
      stepsTaken: this.steps,
      weights: await this.saveWeights(),
      random: [...this.random.save()],
      optimizer: this.saveOptimizer(),
    };
  }

  private saveOptimizer(): OptimizerSlot[] {
    const scalar = (name: string, value: number) => ({ name, shape: [], values: Float32Array.of(value) });
    const { optimizer } = this.settings;
    const adam = optimizer === 'adam' || optimizer === 'adamw';
    return [
      ...(adam ? [scalar('accBeta1', this.powers[0]), scalar('accBeta2', this.powers[1])] : []),
      scalar('iter', this.steps),
      ...this.remembered().map(({ name, at, parameter }) => ({
        name: `${parameter.variable.name}/${name}`,
        shape: parameter.variable.shape,
        // RMSprop's momentum is none here, and TensorFlow.js keeps it all the same
        values: at === 0 ? new Float32Array(parameter.variable.size) : this.machine.fetch(at, parameter),
      })),
    ];
  }

  /** What the optimizer remembers, in the order of TensorFlow.js. */
  private remembered(): { name: string; at: number; parameter: Parameter }[] {
    const each = (name: string, place: 'first' | 'second') =>
      this.learned.map((parameter) => ({ name, at: parameter[place], parameter }));
    switch (this.settings.optimizer) {
      case 'sgd':
        return [];
      case 'momentum':
        return each('momentum', 'first');
      case 'rmsprop':
        return [...each('rms', 'first'), ...each('momentum', 'second')];
      case 'adam':
      case 'adamw':
        return [...each('m', 'first'), ...each('v', 'second')];
    }
  }

  restore({ stepsTaken, weights, random, optimizer }: TrainerState): Promise<void> {
    this.restoreWeights(weights);
    this.random.restore(random);
    this.steps = stepsTaken;
    const power = (name: string, beta: number) =>
      optimizer.find((slot) => slot.name === name)?.values[0] ?? Math.fround(beta ** (stepsTaken + 1));
    this.powers = [power('accBeta1', BETA1), power('accBeta2', BETA2)];
    const slots = optimizer.filter(({ name }) => !['accBeta1', 'accBeta2', 'iter'].includes(name));
    this.remembered().forEach(({ at, parameter }, index) => {
      if (at !== 0) this.machine.bring(at, parameter, slots[index]?.values ?? []);
    });
    return Promise.resolve();
  }

  finish(): void {
    giveBack(this.weights, (each) => this.machine.fetch(each.values, each));
  }

  dispose(): Promise<void> {
    return this.machine.dispose();
  }
}
