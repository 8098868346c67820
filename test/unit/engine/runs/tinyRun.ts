import path from 'node:path';
import type { RunFile } from '../../../../src/runs/run';
import { AUGMENTATIONS, runSettingsSchema } from '../../../../src/runs/runSettings';

/** A run that takes a second or two, with all in it that is random or remembers something. */
export const TINY_RUN = {
  name: 'tiny',
  dataset: path.resolve('test', 'fixtures', 'emnist'),
  network: {
    name: 'tiny',
    input: [28, 28, 1],
    layers: [
      { type: 'conv2d', filters: 6, kernelSize: 5, strides: 2, padding: 'same' },
      { type: 'batchNormalization' },
      { type: 'maxPooling2d' },
      { type: 'flatten' },
      { type: 'dropout', rate: 0.3 },
    ],
  },
  settings: runSettingsSchema.parse({
    epochs: 4,
    batchSize: 16,
    optimizer: 'adamw',
    learningRate: 0.01,
    weightDecay: 0.05,
    schedule: 'cosine',
    validationSplit: 0.2,
    augmentation: AUGMENTATIONS.strong,
    labelSmoothing: 0.05,
    patience: 3,
    backend: 'wasm',
  }),
  created: '2026-01-02T03:04:05.000Z',
} satisfies RunFile;
