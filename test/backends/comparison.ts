import type { StandardTraining } from '../../src/engine/backends/measure/standardTraining';

/** Small enough for the reference in JavaScript, with every kind of layer that the presets have but dropout. */
export const COMPARED: StandardTraining = {
  network: {
    name: 'compared',
    input: [14, 14, 1],
    layers: [
      { type: 'conv2d', filters: 4, kernelSize: 5, strides: 2, padding: 'same', activation: 'relu' },
      { type: 'conv2d', filters: 6, kernelSize: 3, padding: 'same', activation: 'tanh' },
      { type: 'batchNormalization' },
      { type: 'maxPooling2d', poolSize: 2 },
      { type: 'averagePooling2d', poolSize: 2, strides: 1 },
      { type: 'flatten' },
      { type: 'dense', units: 16, activation: 'relu' },
    ],
  },
  batchSize: 16,
  classes: 5,
  seed: 3,
};

export const STEPS = 20;

/** How far the losses of two backends may be apart. */
export const TOLERANCE = 1e-3;

/** The greatest difference between the losses of two trainings. */
export function furthestApart(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length || a.length === 0) return Infinity;
  return Math.max(...a.map((loss, step) => Math.abs(loss - (b[step] ?? NaN))));
}
