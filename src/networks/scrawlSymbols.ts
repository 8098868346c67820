import type { Layer, Network } from './network';

const convolution = (filters: number, kernelSize: number, strides = 1): Layer[] => [
  // what follows has a bias
  { type: 'conv2d', filters, kernelSize, strides, padding: 'same', useBias: false },
  { type: 'batchNormalization' },
  { type: 'activation', activation: 'relu' },
];
const pool: Layer = { type: 'maxPooling2d', poolSize: 2 };

/** The network of the bundled model of symbols: pictures of the strokes' directions, 700 thousand weights. */
export const SCRAWL_SYMBOLS: Network = {
  name: 'scrawl-symbols',
  input: [32, 32, 4],
  layers: [
    ...convolution(32, 5, 2),
    ...convolution(64, 3),
    pool,
    ...convolution(96, 3),
    ...convolution(128, 3),
    pool,
    ...convolution(128, 3),
    pool,
    { type: 'flatten' },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 256, activation: 'relu' },
    { type: 'dropout', rate: 0.2 },
  ],
};
