import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { bundledScript } from '../../bundledScript';
import type { OptimizerName } from '../../../runs/runSettings';
import { instantiate, kernelModule, type Kernels } from './kernelModule';
import { OPTIMIZER_KINDS, write } from './layouts';
import type { ThreadData } from './main';
import { bring, fetched, type Order } from './parameters';
import type { Plan } from './plan';
import { FLOAT, type Values } from './values';

const PAGE = 65_536;

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
  private readonly floats: Float32Array;
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;

  private constructor(
    readonly plan: Plan,
    buffer: SharedArrayBuffer,
    private readonly kernels: Kernels,
    private readonly workers: readonly Worker[],
  ) {
    this.floats = new Float32Array(buffer);
    this.words = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
  }

  /**
   * Starts the threads of a plan.
   *
   * @throws Error where memory or threads are not to be had
   */
  static async start(plan: Plan): Promise<Machine> {
    const { arena, control, threads } = plan;
    const pages = Math.ceil(arena.bytes / PAGE) + 1;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: 65_536, shared: true });
    const module = kernelModule();
    const words = new Int32Array(memory.buffer);
    arena.fill(words);
    write(words, control, 'Control', { threads });
    const kernels = instantiate(module, memory);
    const workers = Array.from({ length: threads - 1 }, (_, index) => {
      const workerData: ThreadData = { module, memory, control, thread: index + 1 };
      return new Worker(bundledScript('kernelThread.js'), { workerData });
    });
    try {
      await Promise.all(workers.map((worker) => once(worker, 'message')));
    } catch (error) {
      await Promise.all(workers.map((worker) => worker.terminate()));
      throw error;
    }
    // a thread that waits for work does not keep the process alive
    for (const worker of workers) worker.unref();
    return new Machine(plan, memory.buffer as unknown as SharedArrayBuffer, kernels, workers);
  }

  /** Learns from samples, and gives what the weights before made of them. */
  step(samples: Samples, { optimizer, ...options }: StepOptions): Judgment {
    const { control, train } = this.plan;
    const told = { ...options, optimizer: OPTIMIZER_KINDS[optimizer], training: 1, programs: train };
    write(this.words, control, 'Control', told);
    return this.run(samples);
  }

  /** Judges samples with the statistics that were learned, and drops nothing. */
  judge(samples: Samples): Judgment {
    write(this.words, this.plan.control, 'Control', { training: 0, programs: this.plan.judge });
    return this.run(samples);
  }

  private run({ x, y, size, weights }: Samples): Judgment {
    const { control, batch, input, allowed, results } = this.plan;
    if (size > batch)
      throw new Error(`The kernels take ${String(batch)} samples at once, not ${String(size)}.`);
    this.put(input, x, size);
    this.put(allowed, y, size);
    const at = this.plan.weights / FLOAT;
    if (weights) this.floats.set(weights, at);
    else this.floats.fill(1, at, at + size);
    write(this.words, control, 'Control', { size });
    this.kernels.run(control);
    const sum = (place: number) =>
      results.reduce((total, result) => total + (this.doubles[result / 8 + place] ?? 0), 0);
    return { loss: sum(0), correct: sum(1) };
  }

  /** Writes the rows of samples to where they lie among what fills their vectors. */
  private put(values: Values, numbers: ArrayLike<number>, size: number): void {
    const { height, width, channels, lanes, row, sample, inside } = values.geometry;
    const filled = width > 1 && lanes !== channels;
    if (filled) throw new Error('The kernels take no pictures whose channels are filled up.');
    const length = width * channels;
    for (let each = 0, from = 0; each < size; each++) {
      for (let y = 0; y < height; y++, from += length) {
        const to = (values.base(0) + each * sample + inside + y * row) / FLOAT;
        for (let i = 0; i < length; i++) this.floats[to + i] = numbers[from + i] as number;
      }
    }
  }

  /** Writes numbers in the order of TensorFlow.js to an address. */
  bring(at: number, order: Order, numbers: ArrayLike<number>): void {
    bring(this.floats, at, order, numbers);
  }

  /** What lies at an address, in the order of TensorFlow.js. */
  fetch(at: number, order: Order): Float32Array {
    return fetched(this.floats, at, order);
  }

  async dispose(): Promise<void> {
    const { control } = this.plan;
    write(this.words, control, 'Control', { stop: 1 });
    Atomics.add(this.words, control / 4, 1);
    Atomics.notify(this.words, control / 4);
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}
