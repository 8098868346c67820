import type { LineLayer, LineNetwork, PlainLineLayer } from './lineNetwork';

const convolution = (filters: number, kernelSize: number, strides = 1): PlainLineLayer[] => [
  {
    type: 'conv1d',
    filters,
    kernelSize,
    ...(strides > 1 && { strides }),
    padding: 'same',
    // what follows has one
    useBias: false,
  },
  { type: 'batchNormalization' },
];
const relu: PlainLineLayer = { type: 'activation', activation: 'relu' };

/** A residual block (He et al. 2016) of two convolutions. */
const block = (filters: number, first: number, second: number): LineLayer[] => [
  { type: 'residual', layers: [...convolution(filters, first), relu, ...convolution(filters, second)] },
  relu,
];

/** Numbers a point: see `src/ink/lines/features.ts`. */
const FEATURES = 12;

/** The network of the bundled model of lines: a frame is four points, and is read from six letters or more. */
export const SCRAWL_LINE: LineNetwork = {
  name: 'scrawl-line',
  input: [null, FEATURES],
  layers: [
    ...convolution(64, 7, 2),
    relu,
    ...convolution(128, 7, 2),
    relu,
    ...block(128, 5, 5),
    ...block(128, 5, 5),
    ...block(128, 7, 5),
    ...block(128, 7, 5),
    ...block(128, 9, 5),
    { type: 'dropout', rate: 0.1 },
  ],
};

/** Networks of lines that a training can start with, by name. */
export const LINE_PRESETS: Readonly<Record<string, LineNetwork>> = { [SCRAWL_LINE.name]: SCRAWL_LINE };
