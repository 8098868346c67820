import * as tf from '@tensorflow/tfjs-core';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { installBatchNormGradient } from './batchNormGradient';
import { installTrainingKernels } from './kernels/install';
import { allowThreads } from './threads';

/** The pool of the wasm backend has no more threads than these. */
const MOST_THREADS = 8;

export interface WasmStart {
  /** Threads that it computes on. */
  readonly threads: number;
  /** Why there is one thread only, where more were asked for. */
  readonly reason?: string | undefined;
}

let started: Promise<WasmStart> | undefined;

/**
 * Starts the wasm backend with SIMD, as many threads as there are cores, and the kernels that training needs. Where
 * threads cannot start it runs on one and says why. Later calls give the first one's result.
 *
 * @param threads 1 to 8
 */
export function startWasm(threads = usualThreads()): Promise<WasmStart> {
  started ??= start(threads);
  return started;
}

/** `$SCRAWL_THREADS` or the machine's cores, 1 to 8. */
export function usualThreads(): number {
  const wanted = Number(process.env['SCRAWL_THREADS'] ?? os.availableParallelism());
  return Math.max(1, Math.min(MOST_THREADS, Math.floor(wanted) || 1));
}

async function start(threads: number): Promise<WasmStart> {
  const folder = wasmFolder();
  setWasmPaths(folder + path.sep);
  const reason = threads > 1 ? await startThreaded(folder, threads) : undefined;
  if (threads === 1 || reason !== undefined) {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (!(await tf.setBackend('wasm'))) throw new Error('The wasm backend did not start.');
  }
  installTrainingKernels();
  installBatchNormGradient();
  return { threads: reason === undefined ? threads : 1, reason };
}

/** @returns why threads could not start, or undefined where they did */
async function startThreaded(folder: string, threads: number): Promise<string | undefined> {
  let restore: () => void = () => undefined;
  try {
    restore = allowThreads(folder, threads);
    setThreadsCount(threads);
    if (!(await tf.setBackend('wasm'))) throw new Error('the backend did not start');
    if (getThreadsCount() !== threads)
      throw new Error(`it has ${String(getThreadsCount())} of ${String(threads)}`);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    restore();
  }
}

/** Beside the bundle in a build, in the package in a checkout. */
function wasmFolder(): string {
  const bundled = path.join(__dirname, 'wasm');
  if (existsSync(bundled)) return bundled;
  const require = createRequire(__filename);
  return path.join(path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out');
}
