import type { Layer, Network } from './network';

const conv = (filters: number, kernelSize: number, strides = 1): Layer => ({
  type: 'conv2d',
  filters,
  kernelSize,
  strides,
  padding: 'same',
  activation: 'relu',
});
const halve: Layer = { type: 'maxPooling2d', poolSize: 2 };

/** Networks that a training can start with, by name. */
export const PRESETS: Readonly<Record<string, Network>> = {
  'emnist-cnn': {
    name: 'emnist-cnn',
    input: [28, 28, 1],
    layers: [
      conv(32, 5, 2),
      conv(64, 3),
      halve,
      { type: 'flatten' },
      { type: 'dense', units: 128, activation: 'relu' },
    ],
  },
  'keras-mnist': {
    name: 'keras-mnist',
    input: [28, 28, 1],
    layers: [
      { type: 'conv2d', filters: 32, kernelSize: 3, activation: 'relu' },
      { type: 'conv2d', filters: 64, kernelSize: 3, activation: 'relu' },
      halve,
      { type: 'dropout', rate: 0.25 },
      { type: 'flatten' },
      { type: 'dense', units: 128, activation: 'relu' },
      { type: 'dropout', rate: 0.5 },
    ],
  },
  'scrawl-small': {
    name: 'scrawl-small',
    input: [28, 28, 1],
    layers: [conv(8, 5, 2), conv(16, 5, 2), { type: 'flatten' }],
  },
  'scrawl-best': {
    name: 'scrawl-best',
    input: [28, 28, 1],
    layers: [
      conv(32, 5, 2),
      conv(64, 3),
      conv(64, 3),
      halve,
      conv(128, 3),
      conv(128, 3),
      halve,
      { type: 'flatten' },
      { type: 'dropout', rate: 0.3 },
      { type: 'dense', units: 320, activation: 'relu' },
      { type: 'dropout', rate: 0.3 },
    ],
  },
};
