import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { bundledScript } from '../../bundledScript';
import { BatchMaker, type BatchRequest, type BatchSource } from './batchMaker';
import type { ThreadAnswer, ThreadRequest } from './main';

/** More threads than these have never been needed to keep a backend busy. */
const MOST_THREADS = 4;

export interface BatchThreadsOptions {
  /** 0 makes all batches here. */
  readonly threads?: number | undefined;
  readonly script?: string | undefined;
  /** Told once, in a sentence, when threads cannot be used. */
  readonly onTrouble?: ((sentence: string) => void) | undefined;
}

interface Pending {
  readonly request: ThreadRequest;
  readonly resolve: (batch: Float32Array) => void;
  readonly reject: (error: unknown) => void;
}

/** Makes batches on other threads. Where these fail it makes them itself: they are the same, but the backend waits. */
export class BatchThreads {
  private readonly maker: BatchMaker;
  private readonly workers: Worker[] = [];
  private readonly pending = new Map<number, Pending>();
  private asked = 0;
  private gaveUp = false;

  constructor(
    source: BatchSource,
    private readonly options: BatchThreadsOptions = {},
  ) {
    this.maker = new BatchMaker(source);
    const { threads = usualThreads(), script = bundledScript('batchThread.js') } = options;
    for (let i = 0; i < threads && !this.gaveUp; i++) this.start(script, source);
  }

  /** Batches that are worth asking for ahead. */
  get depth(): number {
    return this.workers.length === 0 ? 1 : 2 + 2 * this.workers.length;
  }

  private start(script: string, source: BatchSource): void {
    try {
      const worker = new Worker(script, { workerData: source });
      worker.on('message', (answer: ThreadAnswer) => this.settle(answer));
      worker.once('error', (error) => this.giveUp(error.message));
      worker.once('exit', (code) => {
        if (code !== 0) this.giveUp(`exit code ${code}`);
      });
      // a thread that waits for work does not keep the process alive
      worker.unref();
      this.workers.push(worker);
    } catch (error) {
      this.giveUp(error instanceof Error ? error.message : String(error));
    }
  }

  /** @throws InkError where a drawing is empty or not finite; DatasetError where a file is damaged */
  make(request: BatchRequest): Promise<Float32Array> {
    const worker = this.workers[this.asked % this.workers.length];
    const id = this.asked++;
    if (!worker) return new Promise((resolve) => resolve(this.maker.make(request)));
    return new Promise((resolve, reject) => {
      const sent = { id, ...request };
      this.pending.set(id, { request: sent, resolve, reject });
      worker.ref();
      worker.postMessage(sent);
    });
  }

  private settle({ id, batch }: ThreadAnswer): void {
    const waiting = this.pending.get(id);
    if (!waiting) return;
    this.pending.delete(id);
    if (this.pending.size === 0) for (const worker of this.workers) worker.unref();
    if (batch) waiting.resolve(batch);
    else this.makeHere(waiting);
  }

  private makeHere({ request, resolve, reject }: Pending): void {
    try {
      resolve(this.maker.make(request));
    } catch (error) {
      reject(error);
    }
  }

  /** Goes on without threads; what was asked of them is made here. */
  private giveUp(reason: string): void {
    if (this.gaveUp) return;
    this.gaveUp = true;
    for (const worker of this.workers.splice(0)) void worker.terminate();
    this.options.onTrouble?.(`Batches are made on the thread that computes, which is slower: ${reason}.`);
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const each of waiting) this.makeHere(each);
  }

  async dispose(): Promise<void> {
    this.gaveUp = true;
    this.pending.clear();
    this.maker.dispose();
    await Promise.all(this.workers.splice(0).map((worker) => worker.terminate()));
  }
}

/** One beside the two threads that a small machine computes on; more where there are cores for them. */
function usualThreads(): number {
  return Math.max(1, Math.min(MOST_THREADS, os.availableParallelism() >> 1));
}
