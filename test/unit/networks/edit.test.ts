import assert from 'node:assert/strict';
import { edited } from '../../../src/networks/edit';
import { NetworkError, type Network } from '../../../src/networks/network';

const NETWORK: Network = {
  name: 'three',
  input: [28, 28, 1],
  layers: [
    { type: 'conv2d', filters: 8, kernelSize: 5 },
    { type: 'flatten' },
    { type: 'dense', units: 10, activation: 'relu' },
  ],
};
const types = ({ layers }: Network) => layers.map(({ type }) => type);

describe('edits of a network', () => {
  it('insert a layer at either end and between', () => {
    for (const at of [0, 1, 3]) {
      const { layers } = edited(NETWORK, { type: 'insert', at, layer: { type: 'dropout', rate: 0.5 } });
      assert.equal(layers.length, 4);
      assert.deepEqual(layers[at], { type: 'dropout', rate: 0.5 });
    }
  });

  it('move a layer to the place that it has afterwards', () => {
    assert.deepEqual(types(edited(NETWORK, { type: 'move', from: 0, to: 2 })), [
      'flatten',
      'dense',
      'conv2d',
    ]);
    assert.deepEqual(types(edited(NETWORK, { type: 'move', from: 2, to: 0 })), [
      'dense',
      'conv2d',
      'flatten',
    ]);
    assert.deepEqual(edited(NETWORK, { type: 'move', from: 1, to: 1 }), NETWORK);
  });

  it('duplicate and remove', () => {
    const twice = edited(NETWORK, { type: 'duplicate', at: 0 });
    assert.deepEqual(types(twice), ['conv2d', 'conv2d', 'flatten', 'dense']);
    assert.deepEqual(edited(twice, { type: 'remove', at: 1 }), NETWORK);
  });

  it('set a parameter, and take it out again', () => {
    const set = edited(NETWORK, { type: 'set', at: 0, parameter: 'strides', value: [2, 1] });
    assert.deepEqual(set.layers[0], { type: 'conv2d', filters: 8, kernelSize: 5, strides: [2, 1] });
    assert.deepEqual(edited(set, { type: 'set', at: 0, parameter: 'strides' }), NETWORK);
  });

  it('set the size of the input and the name', () => {
    assert.deepEqual(edited(NETWORK, { type: 'input', input: [48, 32, 3] }).input, [48, 32, 3]);
    assert.equal(edited(NETWORK, { type: 'rename', name: 'four' }).name, 'four');
  });

  it('leave the network that they are given as it is', () => {
    const before = structuredClone(NETWORK);
    edited(NETWORK, { type: 'set', at: 0, parameter: 'filters', value: 3 });
    edited(NETWORK, { type: 'remove', at: 0 });
    assert.deepEqual(NETWORK, before);
  });

  const refused: [string, Parameters<typeof edited>[1]][] = [
    ['no layer there', { type: 'remove', at: 3 }],
    ['no place there', { type: 'insert', at: 4, layer: { type: 'flatten' } }],
    ['a place that is none', { type: 'move', from: 0, to: 0.5 }],
    ['a negative place', { type: 'duplicate', at: -1 }],
    ['a number out of range', { type: 'set', at: 0, parameter: 'filters', value: 0 }],
    ['no number', { type: 'set', at: 0, parameter: 'filters', value: NaN }],
    ['the wrong kind of value', { type: 'set', at: 2, parameter: 'activation', value: 'softmin' }],
    ['a parameter that the layer does not have', { type: 'set', at: 1, parameter: 'units', value: 3 }],
    ['another type', { type: 'set', at: 1, parameter: 'type', value: 'dense' }],
    ['a parameter that it needs, taken out', { type: 'set', at: 0, parameter: 'kernelSize' }],
    ['an input without height', { type: 'input', input: [0, 28, 1] }],
    ['no name', { type: 'rename', name: '' }],
  ];
  for (const [what, edit] of refused) {
    it(`refuse ${what}`, () => {
      assert.throws(() => edited(NETWORK, edit), NetworkError);
    });
  }
});
