import '@tensorflow/tfjs-backend-cpu';
import assert from 'node:assert/strict';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { buildModel } from '../../../src/engine/training/buildModel';
import { NetworkError, parseNetwork, type Layer, type Network } from '../../../src/networks/network';
import { PRESETS } from '../../../src/networks/presets';
import { verify } from '../../../src/networks/verify';

const CLASSES = 10;

const UNUSUAL: Network = {
  name: 'unusual',
  input: [17, 23, 3],
  layers: [
    { type: 'zeroPadding2d', padding: [1, 2] },
    { type: 'depthwiseConv2d', kernelSize: [3, 5], strides: [2, 2], depthMultiplier: 2 },
    { type: 'batchNormalization' },
    { type: 'separableConv2d', filters: 9, kernelSize: 3, padding: 'same', useBias: false },
    { type: 'prelu' },
    { type: 'averagePooling2d', poolSize: 3, strides: 2, padding: 'same' },
    { type: 'conv2d', filters: 4, kernelSize: 1, strides: 3, padding: 'same', useBias: false },
    { type: 'leakyReLU' },
    { type: 'layerNormalization' },
    { type: 'globalAveragePooling2d' },
    { type: 'dense', units: 6, useBias: false },
  ],
};

describe('network verification', () => {
  before(() => startWasm());

  for (const network of [...Object.values(PRESETS), UNUSUAL]) {
    it(`gives TensorFlow.js' own shapes and parameter counts for ${network.name}`, () => {
      const { layers, problem } = verify(network);
      assert.equal(problem, undefined);
      // behind the input layer, before the layer of the classes
      const made = buildModel(network, CLASSES, 1).layers.slice(1, network.layers.length + 1);
      assert.deepEqual(
        layers.map(({ output, parameters }) => [...output, parameters]),
        made.map((layer) => [...(layer.outputShape as number[]).slice(1), layer.countParams()]),
      );
    });
  }

  const refusals: [string, Layer[], number, RegExp][] = [
    [
      'a convolution behind flatten',
      [{ type: 'flatten' }, { type: 'conv2d', filters: 2, kernelSize: 3 }],
      1,
      /before the flatten/,
    ],
    [
      'a window larger than what is left',
      [
        { type: 'maxPooling2d', poolSize: 7 },
        { type: 'maxPooling2d', poolSize: 5 },
      ],
      1,
      /5x5 is larger than its input of 4x4/,
    ],
    [
      'pooling of a list',
      [{ type: 'globalMaxPooling2d' }, { type: 'globalMaxPooling2d' }],
      1,
      /list of numbers/,
    ],
  ];
  for (const [what, layers, index, reason] of refusals) {
    it(`names the layer and the reason: ${what}`, () => {
      const { problem, layers: reports } = verify({ name: 'wrong', input: [28, 28, 1], layers });
      assert.equal(problem?.layer, index);
      assert.match(problem.reason, reason);
      assert.equal(reports.length, index);
    });
  }
});

describe('network files', () => {
  it('are read as they are written', () => {
    for (const network of Object.values(PRESETS)) {
      assert.deepEqual(parseNetwork(JSON.stringify(network)), network);
    }
  });

  it('name what is wrong', () => {
    const wrong: [string, RegExp][] = [
      ['{', /not JSON/],
      ['{"name":"n","input":[28,28,1],"layers":[{"type":"dense","units":0}]}', /layers\.0\.units/],
      ['{"name":"n","input":[28,28,1],"layers":[{"type":"dense","units":5,"unit":5}]}', /layers\.0/],
      ['{"name":"n","input":[28,28],"layers":[]}', /input/],
      ['{"name":"n","input":[28,28,1],"layers":[{"type":"lstm","units":5}]}', /layers\.0\.type/],
    ];
    for (const [text, sentence] of wrong) {
      assert.throws(
        () => parseNetwork(text),
        (error) => error instanceof NetworkError && sentence.test(error.message),
      );
    }
  });
});
