import * as tf from '@tensorflow/tfjs-core';
import os from 'node:os';
import type { Backend } from '../backend';
import { DeviceLoss } from '../deviceLoss';
import { startWasm } from './wasmBackend';

/** WebAssembly on the processor: everywhere, with nothing to install. */
export const wasm: Backend = {
  name: 'wasm',
  find: () => undefined,
  async start() {
    const { threads, reason } = await startWasm();
    await tf.setBackend('wasm');
    return {
      name: 'wasm',
      device: os.cpus()[0]?.model.trim() ?? os.arch(),
      software: false,
      threads,
      note: reason === undefined ? undefined : `more threads could not start (${reason})`,
      loss: new DeviceLoss('wasm'),
      // the models that recognize stay on it
      stop: () => undefined,
    };
  },
};
