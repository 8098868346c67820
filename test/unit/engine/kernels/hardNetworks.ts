import type { Layer } from '../../../../src/networks/network';

const conv = (filters: number, more: object = {}) =>
  ({ type: 'conv2d', filters, kernelSize: 3, activation: 'relu', ...more }) as Layer;
const dense = (units: number, more: object = {}) =>
  ({ type: 'dense', units, activation: 'relu', ...more }) as Layer;
const pool: Layer = { type: 'maxPooling2d' };
const flatten: Layer = { type: 'flatten' };
const relu: Layer = { type: 'activation', activation: 'relu' };
const normalization: Layer = { type: 'batchNormalization' };

const ACTIVATIONS = ['relu', 'relu6', 'elu', 'selu', 'sigmoid', 'tanh', 'softplus'] as const;

/** Height, width and channels of what all of them take. */
export const INPUT = [10, 12, 1] as const;

/** Networks that the kernels have, of shapes that are hard: odd channels and sizes, strides, padding, odd orders. */
export const HARD_NETWORKS: Readonly<Record<string, Layer[]>> = {
  'a convolution': [conv(8)],
  'odd channels': [conv(6), conv(5, { kernelSize: [2, 3] })],
  'strides and padding': [
    conv(8, { kernelSize: 5, strides: 2, padding: 'same' }),
    conv(12, { strides: [1, 2], padding: 'same' }),
  ],
  'neither bias nor rectifier': [
    conv(4, { useBias: false, activation: 'linear' }),
    conv(8, { activation: 'linear' }),
  ],
  'maxima of a rectifier': [conv(8), pool, conv(8, { padding: 'same' }), pool],
  'maxima of anything': [
    conv(8, { activation: 'tanh' }),
    { type: 'maxPooling2d', poolSize: 3, strides: 2, padding: 'same' },
  ],
  means: [conv(8, { activation: 'tanh' }), { type: 'averagePooling2d' }, conv(8)],
  'global maxima': [conv(8), { type: 'globalMaxPooling2d' }],
  'global means': [conv(8), { type: 'globalAveragePooling2d' }, dense(9)],
  'dense layers': [
    flatten,
    dense(50),
    dense(8, { activation: 'sigmoid' }),
    dense(7, { activation: 'tanh', useBias: false }),
  ],
  'normalized pictures': [
    conv(8, { activation: 'linear' }),
    normalization,
    relu,
    pool,
    conv(6, { activation: 'linear', padding: 'same' }),
    { type: 'batchNormalization', epsilon: 0.01 },
  ],
  'normalized lists': [flatten, dense(10, { activation: 'linear' }), normalization, relu, dense(6)],
  'wide layers': [conv(40), pool, conv(24, { kernelSize: 1 }), flatten, dense(70)],
  'depthwise convolutions': [
    conv(6),
    { type: 'depthwiseConv2d', kernelSize: 3, activation: 'relu' },
    { type: 'depthwiseConv2d', kernelSize: [3, 2], strides: 2, padding: 'same', useBias: false },
    pool,
  ],
  'separable convolutions': [
    conv(5),
    { type: 'separableConv2d', filters: 7, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'separableConv2d', filters: 4, kernelSize: 2, strides: 2, activation: 'tanh' },
  ],
  'places and lists normalized by themselves': [
    conv(6),
    { type: 'layerNormalization' },
    relu,
    conv(5, { activation: 'linear', padding: 'same' }),
    { type: 'layerNormalization', epsilon: 0.01 },
    pool,
    flatten,
    dense(7, { activation: 'linear' }),
    { type: 'layerNormalization' },
  ],
  'rectifiers with slopes of their own': [
    conv(6, { activation: 'linear' }),
    { type: 'prelu' },
    pool,
    flatten,
    { type: 'prelu' },
    dense(5, { activation: 'linear' }),
    { type: 'prelu' },
  ],
  'zeros around pictures': [
    conv(8),
    { type: 'zeroPadding2d', padding: [1, 2] },
    { type: 'activation', activation: 'sigmoid' },
    conv(4, { padding: 'same', activation: 'linear' }),
    { type: 'zeroPadding2d', padding: 1 },
    pool,
  ],
  'two functions': [conv(8), { type: 'activation', activation: 'tanh' }],
  leakyReLU: [conv(8, { activation: 'linear' }), { type: 'leakyReLU', alpha: 0.2 }],
  ...Object.fromEntries(
    ACTIVATIONS.map((activation) => [
      activation,
      [conv(8, { activation }), conv(4, { activation: 'linear' }), { type: 'activation', activation }],
    ]),
  ),
};
