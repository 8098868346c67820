import type { Layer, Network } from './network';

type Convolution = Extract<Layer, { type: 'conv2d' }>;

const conv = (filters: number, kernelSize: number, more: Partial<Convolution> = {}): Layer => ({
  type: 'conv2d',
  filters,
  kernelSize,
  activation: 'relu',
  ...more,
});
const same = { padding: 'same' } as const;
const pool = (poolSize: number): Layer => ({ type: 'maxPooling2d', poolSize });
const dense = (units: number): Layer => ({ type: 'dense', units, activation: 'relu' });
const dropout = (rate: number): Layer => ({ type: 'dropout', rate });
const flatten: Layer = { type: 'flatten' };

const preset = (name: string, layers: Layer[], side = 28): Network => ({
  name,
  input: [side, side, 1],
  layers,
});

const tanh = { activation: 'tanh' } as const;
const averagePool: Layer = { type: 'averagePooling2d', poolSize: 2 };

const NETWORKS: readonly Network[] = [
  // CNTK tutorial 103D, its network with strides and the one with max pooling
  preset('cntk-strided', [
    conv(8, 5, { ...same, strides: 2 }),
    conv(16, 5, { ...same, strides: 2 }),
    flatten,
  ]),
  preset('cntk-maxpool', [conv(8, 5, same), pool(2), conv(16, 5, same), pool(3), flatten]),
  preset('dense-50-50', [flatten, dense(50), dense(50)]),
  preset('emnist-cnn', [
    conv(32, 5, { ...same, strides: 2 }),
    conv(64, 3, same),
    pool(2),
    flatten,
    dense(128),
  ]),
  preset('chars-48', [conv(32, 5), pool(2), conv(64, 3), pool(2), flatten, dense(128), dropout(0.5)], 48),
  // TensorFlow's MNIST tutorial of the estimators
  preset('tf-tutorial', [
    conv(32, 5, same),
    pool(2),
    conv(64, 5, same),
    pool(2),
    flatten,
    dense(1024),
    dropout(0.4),
  ]),
  // Keras' example mnist_cnn
  preset('keras-mnist', [
    conv(32, 3),
    conv(64, 3),
    pool(2),
    dropout(0.25),
    flatten,
    dense(128),
    dropout(0.5),
  ]),
  // LeCun et al. 1998, with all feature maps connected
  preset('lenet-5', [
    conv(6, 5, { ...same, ...tanh }),
    averagePool,
    conv(16, 5, tanh),
    averagePool,
    flatten,
    { type: 'dense', units: 120, ...tanh },
    { type: 'dense', units: 84, ...tanh },
  ]),
  preset('scrawl-small', [
    conv(16, 5, { ...same, strides: 2 }),
    conv(32, 3, same),
    pool(2),
    flatten,
    dropout(0.1),
    dense(96),
  ]),
  preset('scrawl-best', [
    conv(32, 5, { ...same, strides: 2 }),
    conv(64, 3, same),
    conv(64, 3, same),
    pool(2),
    conv(128, 3, same),
    conv(128, 3, same),
    pool(2),
    flatten,
    dropout(0.15),
    dense(320),
    dropout(0.15),
  ]),
];

/** Networks that a training can start with, by name. */
export const PRESETS: Readonly<Record<string, Network>> = Object.fromEntries(
  NETWORKS.map((network) => [network.name, network]),
);
