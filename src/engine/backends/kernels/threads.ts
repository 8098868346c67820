import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { bundledScript } from '../../bundledScript';
import { instantiate, kernelModule, type Kernels } from './kernelModule';
import { write, type Fields } from './layouts';
import type { ThreadData } from './main';

const PAGE = 65_536;

/** Threads that work on one memory; the caller is the first of them. */
export class Threads {
  private constructor(
    private readonly control: number,
    private readonly memory: WebAssembly.Memory,
    private readonly kernels: Kernels,
    private readonly workers: readonly Worker[],
  ) {
    this.views = viewsOf(memory);
  }

  private views: ReturnType<typeof viewsOf>;

  /**
   * Makes the memory and starts the threads.
   *
   * @param control where in the memory they are told what to do
   * @throws Error where memory or threads are not to be had
   */
  static async start(bytes: number, control: number, count: number): Promise<Threads> {
    const memory = new WebAssembly.Memory({ initial: pagesOf(bytes), maximum: 65_536, shared: true });
    const module = kernelModule();
    write(viewsOf(memory).words, control, 'Control', { threads: count });
    const kernels = instantiate(module, memory);
    const workers = Array.from({ length: count - 1 }, (_, index) => {
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
    return new Threads(control, memory, kernels, workers);
  }

  get floats(): Float32Array {
    return this.views.floats;
  }

  get words(): Int32Array {
    return this.views.words;
  }

  get doubles(): Float64Array {
    return this.views.doubles;
  }

  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /**
   * Sees to it that there are so many bytes.
   *
   * @throws RangeError where they are not to be had
   */
  growTo(bytes: number): void {
    const missing = pagesOf(bytes) - this.bytes / PAGE;
    if (missing <= 0) return;
    this.memory.grow(missing);
    this.views = viewsOf(this.memory);
  }

  /** Does a piece of work. */
  run(told: Partial<Fields<'Control'>>): void {
    write(this.words, this.control, 'Control', told);
    this.kernels.run(this.control);
  }

  async dispose(): Promise<void> {
    const { control, words } = this;
    write(words, control, 'Control', { stop: 1 });
    Atomics.add(words, control / 4, 1);
    Atomics.notify(words, control / 4);
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

const pagesOf = (bytes: number): number => Math.ceil(bytes / PAGE) + 1;

function viewsOf({ buffer }: WebAssembly.Memory) {
  return {
    floats: new Float32Array(buffer),
    words: new Int32Array(buffer),
    doubles: new Float64Array(buffer),
  };
}
