import assert from 'node:assert/strict';
import type { Layer } from '../../../src/networks/network';
import { PRESETS } from '../../../src/networks/presets';
import { verify } from '../../../src/networks/verify';

/** A layer in a word or two: what a tutorial says of it. */
function inWords(layer: Layer): string {
  switch (layer.type) {
    case 'conv2d': {
      const { filters, kernelSize, strides = 1, padding = 'valid', activation = 'linear' } = layer;
      const size = [kernelSize].flat();
      return `conv ${filters} ${size[0]}x${size.at(-1)} stride ${[strides].flat().join('x')} ${padding} ${activation}`;
    }
    case 'dense':
      return `dense ${layer.units} ${layer.activation}`;
    case 'dropout':
      return `dropout ${layer.rate}`;
    case 'maxPooling2d':
      return `max pool ${[layer.poolSize].flat().join('x')}`;
    case 'averagePooling2d':
      return `average pool ${[layer.poolSize].flat().join('x')}`;
    default:
      return layer.type;
  }
}

/** By preset: its input's side, classes of its task, layers, and parameters with the layer of the classes. */
const TUTORIALS: Record<string, [side: number, classes: number, layers: string[], parameters: number]> = {
  'cntk-strided': [
    28,
    62,
    ['conv 8 5x5 stride 2 same relu', 'conv 16 5x5 stride 2 same relu', 'flatten'],
    52_094,
  ],
  'cntk-maxpool': [
    28,
    62,
    [
      'conv 8 5x5 stride 1 same relu',
      'max pool 2',
      'conv 16 5x5 stride 1 same relu',
      'max pool 3',
      'flatten',
    ],
    19_358,
  ],
  'dense-50-50': [28, 10, ['flatten', 'dense 50 relu', 'dense 50 relu'], 42_310],
  'emnist-cnn': [
    28,
    62,
    [
      'conv 32 5x5 stride 2 same relu',
      'conv 64 3x3 stride 1 same relu',
      'max pool 2',
      'flatten',
      'dense 128 relu',
    ],
    428_862,
  ],
  'chars-48': [
    48,
    62,
    [
      'conv 32 5x5 stride 1 valid relu',
      'max pool 2',
      'conv 64 3x3 stride 1 valid relu',
      'max pool 2',
      'flatten',
      'dense 128 relu',
      'dropout 0.5',
    ],
    846_654,
  ],
  'tf-tutorial': [
    28,
    10,
    [
      'conv 32 5x5 stride 1 same relu',
      'max pool 2',
      'conv 64 5x5 stride 1 same relu',
      'max pool 2',
      'flatten',
      'dense 1024 relu',
      'dropout 0.4',
    ],
    3_274_634,
  ],
  'keras-mnist': [
    28,
    10,
    [
      'conv 32 3x3 stride 1 valid relu',
      'conv 64 3x3 stride 1 valid relu',
      'max pool 2',
      'dropout 0.25',
      'flatten',
      'dense 128 relu',
      'dropout 0.5',
    ],
    1_199_882,
  ],
  'lenet-5': [
    28,
    10,
    [
      'conv 6 5x5 stride 1 same tanh',
      'average pool 2',
      'conv 16 5x5 stride 1 valid tanh',
      'average pool 2',
      'flatten',
      'dense 120 tanh',
      'dense 84 tanh',
    ],
    61_706,
  ],
};

describe('presets', () => {
  for (const [name, [side, classes, layers, parameters]] of Object.entries(TUTORIALS)) {
    it(`have ${name} as its tutorial has it, layer by layer`, () => {
      const network = PRESETS[name];
      assert.ok(network);
      assert.deepEqual(network.input, [side, side, 1]);
      assert.deepEqual(network.layers.map(inWords), layers);
      const reports = verify(network).layers;
      const inner = reports.reduce((sum, report) => sum + report.parameters, 0);
      const [features = 0] = reports.at(-1)?.output ?? [];
      assert.equal(inner + (features + 1) * classes, parameters);
    });
  }
});
