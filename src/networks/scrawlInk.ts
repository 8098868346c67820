import type { Layer, Network } from './network';

/** Points of a character, and numbers a point: see `src/ink/characterPoints.ts`. */
const POINTS = 64;
const FEATURES = 12;

const convolution = (filters: number, points: number, more: { features?: number; stride?: number } = {}) =>
  [
    {
      type: 'conv2d',
      filters,
      kernelSize: [points, more.features ?? 1],
      strides: [more.stride ?? 1, 1],
      padding: more.features === undefined ? 'same' : 'valid',
      // what follows has a bias
      useBias: false,
    },
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
  ] satisfies Layer[];
const pool: Layer = { type: 'maxPooling2d', poolSize: [2, 1] };

/** The network that reads the points of one character beside the bundled model's, 480 thousand weights. */
export const SCRAWL_INK: Network = {
  name: 'scrawl-ink',
  input: [POINTS, FEATURES, 1],
  layers: [
    ...convolution(64, 5, { features: FEATURES, stride: 2 }),
    ...convolution(96, 3),
    pool,
    ...convolution(128, 5),
    ...convolution(128, 3),
    pool,
    ...convolution(192, 3),
    { type: 'flatten' },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 192, activation: 'relu' },
    { type: 'dropout', rate: 0.2 },
  ],
};
