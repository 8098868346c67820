import * as tf from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Worker as NodeWorker } from 'node:worker_threads';

const SCRIPT = 'tfjs-backend-wasm-threaded-simd.js';
const WORKER_SCRIPT = 'tfjs-backend-wasm-threaded-simd.worker.js';

/**
 * Lets tfjs-backend-wasm 4.22.0 start its threads in Node, where the package turns them off (tfjs issue 3830). Call it
 * before the backend starts, and what it returns afterwards. It changes `Worker` and `os.cpus` meanwhile, so it has
 * its place in a process of the engine's own.
 *
 * @param folder that holds the package's wasm binaries and their scripts
 * @param threads 1 to 8
 */
export function allowThreads(folder: string, threads: number): () => void {
  const require = createRequire(path.join(folder, SCRIPT));
  const { wasmWorkerContents } = require(`./${WORKER_SCRIPT}`) as { wasmWorkerContents: string };
  const source = wasmWorkerContents.replace(/\n/g, '\\n');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', true);

  /** Emscripten starts `new Worker(blob)`; Node's Worker evaluates the same source instead. */
  class PoolWorker extends NodeWorker {
    constructor() {
      super(source, { eval: true });
      this.unref();
    }
    override postMessage(message: { cmd?: string }, transfer?: readonly never[]): void {
      // the message names its script by a Blob, which Node's importScripts cannot read: a path it can
      const sent = message.cmd === 'load' ? { ...message, urlOrBlob: path.join(folder, SCRIPT) } : message;
      super.postMessage(sent, transfer);
    }
    /** A thread of the pool runs for ever and must not keep the process alive. */
    override ref(): void {
      this.unref();
    }
  }

  const worker = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  Object.defineProperty(globalThis, 'Worker', {
    configurable: true,
    get: () => PoolWorker,
    set: () => undefined,
  });
  const { cpus } = os;
  const [cpu] = cpus();
  // the backend takes half of the cores that it sees
  os.cpus = () => Array.from({ length: 2 * threads }, () => cpu as os.CpuInfo);
  return () => {
    os.cpus = cpus;
    if (worker) Object.defineProperty(globalThis, 'Worker', worker);
    else Reflect.deleteProperty(globalThis, 'Worker');
  };
}
