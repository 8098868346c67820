import type { Card } from '../../../src/models/card';
import type { Network } from '../../../src/networks/network';
import { NetworkModel } from '../../../src/engine/models/layersModel';
import { buildModel } from '../../../src/engine/training/buildModel';

/** A model that was never trained: its answers depend on its seed alone. */
export function tinyModel(
  name: string,
  {
    classes = ['A', 'B', 'C'],
    side = 28,
    seed = 1,
  }: { classes?: string[]; side?: number; seed?: number } = {},
): NetworkModel {
  const network: Network = {
    name: 'tiny',
    input: [side, side, 1],
    layers: [
      { type: 'conv2d', filters: 2, kernelSize: 5, strides: 4, activation: 'relu' },
      { type: 'flatten' },
    ],
  };
  const layers = buildModel(network, classes.length, seed);
  return new NetworkModel(tinyCard(name, classes, network, layers.countParams()), layers);
}

function tinyCard(name: string, classes: string[], network: Network, parameters: number): Card {
  return {
    name,
    description: 'A test.',
    classes,
    preprocessing: { kind: 'emnist', height: network.input[0], width: network.input[1] },
    network,
    parameters,
    data: [{ name: 'nothing', license: 'CC0', source: 'a test', samples: 0 }],
    training: { settings: {}, history: [] },
    metrics: [],
    backend: 'wasm',
  };
}
