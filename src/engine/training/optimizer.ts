import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerName } from '../../runs/runSettings';

/** AdamW is Adam here: what it does beside, the decay of the weights, the trainer does before each step. */
export function makeOptimizer(name: OptimizerName, learningRate: number): tf.Optimizer {
  switch (name) {
    case 'sgd':
      return tf.train.sgd(learningRate);
    case 'momentum':
      return tf.train.momentum(learningRate, 0.9);
    case 'rmsprop':
      return tf.train.rmsprop(learningRate);
    case 'adam':
    case 'adamw':
      return tf.train.adam(learningRate);
  }
}

/** What the optimizers of TensorFlow.js have besides what their type says. */
interface Internals {
  learningRate: number;
  /** SGD and momentum keep the rate in a tensor, which only this replaces. */
  setLearningRate?: (rate: number) => void;
  /** Adam's running powers of its decay rates. */
  readonly accBeta1?: tf.Variable;
  readonly accBeta2?: tf.Variable;
}

/** Changes the learning rate of an optimizer that runs already. */
export function setLearningRate(optimizer: tf.Optimizer, learningRate: number): void {
  const internals = optimizer as unknown as Internals;
  if (internals.learningRate === learningRate) return;
  if (internals.setLearningRate) internals.setLearningRate(learningRate);
  else internals.learningRate = learningRate;
}

/** One array of an optimizer's state. */
export interface OptimizerSlot {
  readonly name: string;
  readonly shape: number[];
  readonly values: Float32Array;
}

const ITERATIONS = 'iter';
const POWERS = ['accBeta1', 'accBeta2'] as const;

/** All that the optimizer's next steps depend on. */
export async function saveOptimizer(optimizer: tf.Optimizer): Promise<OptimizerSlot[]> {
  const powers = POWERS.flatMap((name) => {
    const tensor = (optimizer as unknown as Internals)[name];
    return tensor ? [{ name, tensor }] : [];
  });
  const slots = [...powers, ...(await optimizer.getWeights())];
  return Promise.all(
    slots.map(async ({ name, tensor }) => ({
      name,
      shape: tensor.shape,
      values: Float32Array.from(await tensor.data()),
    })),
  );
}

/** Goes on from a saved state of an optimizer of the same kind. */
export async function restoreOptimizer(
  optimizer: tf.Optimizer,
  slots: readonly OptimizerSlot[],
): Promise<void> {
  const tensors = slots.map(({ name, shape, values }) => ({
    name,
    tensor: tf.tensor(values, shape, name === ITERATIONS ? 'int32' : 'float32'),
  }));
  const isPower = (name: string) => (POWERS as readonly string[]).includes(name);
  await optimizer.setWeights(tensors.filter(({ name }) => !isPower(name)));
  // it computes the powers anew, in another order than step by step, and so in other bits
  for (const name of POWERS) {
    const saved = tensors.find((each) => each.name === name);
    if (saved) (optimizer as unknown as Internals)[name]?.assign(saved.tensor);
  }
  tf.dispose(tensors.map(({ tensor }) => tensor));
}
