import * as tf from '@tensorflow/tfjs-core';

const WARM_UP = 20;
const ROUNDS = 200;

/** Milliseconds of the middle one of many runs. */
export async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const started = performance.now();
    await work();
    if (round >= WARM_UP) times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
}

/** Milliseconds of a product of two 512x512 matrices: what else this machine does meanwhile shows in it too. */
export async function matrixProduct(): Promise<number> {
  const a = tf.randomUniform([512, 512], -1, 1, 'float32', 1);
  const b = tf.randomUniform([512, 512], -1, 1, 'float32', 2);
  const milliseconds = await median(async () => {
    const c = tf.matMul(a, b);
    await c.data();
    c.dispose();
  });
  tf.dispose([a, b]);
  return milliseconds;
}
