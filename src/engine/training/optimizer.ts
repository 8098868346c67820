import * as tf from '@tensorflow/tfjs-core';

export const OPTIMIZERS = ['sgd', 'momentum', 'rmsprop', 'adam'] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];

/** The learning rate that an optimiser usually starts well with. */
export const USUAL_LEARNING_RATE: Readonly<Record<OptimizerName, number>> = {
  sgd: 0.05,
  momentum: 0.02,
  rmsprop: 0.001,
  adam: 0.001,
};

export function makeOptimizer(name: OptimizerName, learningRate: number): tf.Optimizer {
  switch (name) {
    case 'sgd':
      return tf.train.sgd(learningRate);
    case 'momentum':
      return tf.train.momentum(learningRate, 0.9);
    case 'rmsprop':
      return tf.train.rmsprop(learningRate);
    case 'adam':
      return tf.train.adam(learningRate);
  }
}

/** Changes the learning rate of an optimiser that runs already. */
export function setLearningRate(optimizer: tf.Optimizer, learningRate: number): void {
  (optimizer as unknown as { learningRate: number; setLearningRate?: (rate: number) => void }).learningRate =
    learningRate;
}
