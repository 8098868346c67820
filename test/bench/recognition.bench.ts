import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startWasm } from '../../src/engine/backends/wasm/wasmBackend';
import { loadModel } from '../../src/engine/models/loadModel';
import { recognizeInk } from '../../src/engine/recognition/recognize';
import type { Ink } from '../../src/ink/ink';

const WARM_UP = 20;
const ROUNDS = 200;

/** Milliseconds of the middle one of many runs. */
async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const started = performance.now();
    await work();
    if (round >= WARM_UP) times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
}

/** One recognition, from ink to candidates, against a plain product of two 512x512 matrices in the same run. */
async function main(): Promise<void> {
  const { threads } = await startWasm();
  const model = await loadModel(path.join('media', 'model'));
  const file = path.join('test', 'fixtures', 'chars74k-writer.json');
  const inks = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Ink>);
  let next = 0;
  const recognition = await median(async () => {
    await recognizeInk(model, inks[next++ % inks.length] ?? [], { alphabet: 'all', top: 5 });
  });
  const a = tf.randomUniform([512, 512], -1, 1, 'float32', 1);
  const b = tf.randomUniform([512, 512], -1, 1, 'float32', 2);
  const product = await median(async () => {
    const c = tf.matMul(a, b);
    await c.data();
    c.dispose();
  });
  console.log(`wasm on ${String(threads)} threads, medians of ${String(ROUNDS)} runs`);
  console.log(`one recognition      ${recognition.toFixed(2)} ms`);
  console.log(`512x512 by 512x512   ${product.toFixed(2)} ms`);
  console.log(`ratio                ${(recognition / product).toFixed(2)}`);
}

void main();
