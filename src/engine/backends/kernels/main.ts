import { parentPort, workerData } from 'node:worker_threads';
import { instantiate } from './kernelModule';

/** What a thread of a machine is started with. */
export interface ThreadData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: number;
  readonly thread: number;
}

const { module, memory, control, thread } = workerData as ThreadData;
const kernels = instantiate(module, memory);
parentPort?.postMessage('ready');
kernels.serve(control, thread);
