import type { OptimizerName } from '../../../runs/runSettings';
import { OPTIMIZER_KINDS, type Fields } from './layouts';
import { bring, fetched, type Order } from './parameters';
import type { Plan } from './plan';
import { Threads } from './threads';
import { FLOAT } from './values';

/** What a step is told besides its samples. */
export interface StepOptions {
  readonly optimizer: OptimizerName;
  readonly rate: number;
  /** Factors that undo the start of Adam's means at zero. */
  readonly firstCorrection: number;
  readonly secondCorrection: number;
  /** Factor of weights that decay by themselves. */
  readonly keep: number;
  /** Of the step's random numbers. */
  readonly seed: number;
}

/** Samples as the kernels take them. */
export interface Samples {
  /** [size, height, width, channels] */
  readonly x: ArrayLike<number>;
  /** [size, classes] */
  readonly y: ArrayLike<number>;
  readonly size: number;
  readonly weights?: ArrayLike<number> | undefined;
}

/** Sums over the samples. */
export interface Judgment {
  readonly loss: number;
  readonly correct: number;
}

/** A network in WebAssembly, with the threads that compute it. */
export class Machine {
  private constructor(
    readonly plan: Plan,
    private readonly threads: Threads,
  ) {}

  /**
   * Starts the threads of a plan.
   *
   * @throws Error where memory or threads are not to be had
   */
  static async start(plan: Plan): Promise<Machine> {
    const threads = await Threads.start(plan.arena.bytes, plan.control, plan.threads);
    plan.arena.fill(threads.words);
    return new Machine(plan, threads);
  }

  /** Learns from samples, and gives what the weights before made of them. */
  step(samples: Samples, { optimizer, ...options }: StepOptions): Judgment {
    const told = { ...options, optimizer: OPTIMIZER_KINDS[optimizer], training: 1 };
    return this.run(samples, { ...told, programs: this.plan.train });
  }

  /** Judges samples with the statistics that were learned, and drops nothing. */
  judge(samples: Samples): Judgment {
    return this.run(samples, { training: 0, programs: this.plan.judge });
  }

  private run({ x, y, size, weights }: Samples, told: Partial<Fields<'Control'>>): Judgment {
    const { batch, input, allowed, results } = this.plan;
    const { floats, doubles } = this.threads;
    if (size > batch)
      throw new Error(`The kernels take ${String(batch)} samples at once, not ${String(size)}.`);
    input.put(floats, x, size);
    allowed.put(floats, y, size);
    const at = this.plan.weights / FLOAT;
    if (weights) floats.set(weights, at);
    else floats.fill(1, at, at + size);
    this.threads.run({ ...told, size });
    const sum = (place: number) =>
      results.reduce((total, result) => total + (doubles[result / 8 + place] ?? 0), 0);
    return { loss: sum(0), correct: sum(1) };
  }

  /** Writes numbers in the order of TensorFlow.js to an address. */
  bring(at: number, order: Order, numbers: ArrayLike<number>): void {
    bring(this.threads.floats, at, order, numbers);
  }

  /** What lies at an address, in the order of TensorFlow.js. */
  fetch(at: number, order: Order): Float32Array {
    return fetched(this.threads.floats, at, order);
  }

  dispose(): Promise<void> {
    return this.threads.dispose();
  }
}
