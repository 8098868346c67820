import * as tf from '@tensorflow/tfjs-core';
import { setImmediate } from 'node:timers/promises';
import type { Random } from '../../base/random';
import { learningRateFactor } from '../training/schedule';
import { makeOptimizer, setLearningRate } from '../training/optimizer';
import type { DenseEnd, Rows } from './denseEnd';

/** What the dense end takes, and the probabilities that it is to give for it. */
export interface Lesson {
  readonly rows: Rows;
  /** [count, classes]. */
  readonly targets: Float32Array;
  /** Samples of it in each step. */
  readonly share: number;
}

/** How fast the dense end learns. */
const PACE = { steps: 300, learningRate: 0.0003 };
/** Keeps the logarithm finite. */
const EPSILON = 1e-7;

export interface LearnEvents {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Trains the dense end on the lessons together, some of each in every step, with Adam. */
export async function learnHand(
  end: DenseEnd,
  lessons: readonly Lesson[],
  random: Random,
  { signal, onProgress }: LearnEvents = {},
): Promise<void> {
  const optimizer = makeOptimizer('adam', PACE.learningRate);
  try {
    for (let step = 0; step < PACE.steps; step++) {
      await setImmediate();
      signal?.throwIfAborted();
      setLearningRate(optimizer, PACE.learningRate * learningRateFactor('cosine', step / PACE.steps));
      learnOnce(
        end,
        optimizer,
        lessons.map((lesson) => draw(lesson, random)),
        random.integer(2 ** 30),
      );
      onProgress?.(step + 1, PACE.steps);
    }
  } finally {
    optimizer.dispose();
  }
}

function learnOnce(end: DenseEnd, optimizer: tf.Optimizer, batches: readonly Lesson[], seed: number): void {
  tf.tidy(() => {
    const x = tf.concat(batches.map(({ rows }) => tf.tensor2d(rows.values, [rows.count, rows.width])));
    const y = tf.concat(
      batches.map(({ rows, targets }) => tf.tensor2d(targets, [rows.count, targets.length / rows.count])),
    );
    const loss = () => {
      const logs = tf.log(tf.add(end.apply(x, true, 1 + seed), EPSILON));
      return tf.neg(tf.mean(tf.sum(tf.mul(y, logs), 1))) as tf.Scalar;
    };
    optimizer.minimize(loss, false, end.variables);
  });
}

function draw({ rows, targets, share }: Lesson, random: Random): Lesson {
  const classes = targets.length / rows.count;
  const values = new Float32Array(share * rows.width);
  const wanted = new Float32Array(share * classes);
  for (let i = 0; i < share; i++) {
    const at = random.integer(rows.count);
    values.set(rows.values.subarray(at * rows.width, (at + 1) * rows.width), i * rows.width);
    wanted.set(targets.subarray(at * classes, (at + 1) * classes), i * classes);
  }
  return { rows: { count: share, width: rows.width, values }, targets: wanted, share };
}
