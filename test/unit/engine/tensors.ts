import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { Random } from '../../../src/base/random';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';

/** Numbers in -1 to 1 from a seed. */
export function randomNumbers(count: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => 2 * random.next() - 1);
}

/**
 * Computes the same on the `cpu` backend and on wasm.
 *
 * @returns the largest difference of any number, relative to the largest number of its tensor
 */
export async function differenceToCpu(compute: () => tf.Tensor[]): Promise<number> {
  await startWasm();
  const expected = await valuesOn('cpu', compute);
  const actual = await valuesOn('wasm', compute);
  const differences = expected.map((values, tensor) => {
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    return values.reduce((most, value, index) => {
      const difference = Math.abs(value - (actual[tensor]?.[index] ?? NaN)) / largest;
      return difference >= 0 ? Math.max(most, difference) : Infinity;
    }, 0);
  });
  return Math.max(...differences);
}

async function valuesOn(backend: string, compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const results = tf.tidy(compute);
  const values = await Promise.all(results.map(async (result) => Float32Array.from(await result.data())));
  tf.dispose(results);
  await tf.setBackend('wasm');
  return values;
}
