import { LAYERS, type ParameterWords } from './layerWords';
import type { LineLayer } from './lineNetwork';

type LineLayerType = LineLayer['type'];

/** What a layer of a network of lines is called and does, and what completion adds. */
export interface LineLayerWords<T extends LineLayerType = LineLayerType> {
  readonly name: string;
  readonly explanation: string;
  readonly example: Extract<LineLayer, { type: T }>;
  readonly parameters: Readonly<
    Record<Exclude<keyof Extract<LineLayer, { type: T }>, 'type'>, ParameterWords>
  >;
}

const padding: ParameterWords = {
  name: 'Padding',
  explanation: '"same" adds zeros at both ends, so that stride 1 keeps the length; "valid" adds none.',
  usual: 'valid',
};
const pooling = {
  poolSize: { name: 'Window', explanation: 'How many points become one.', usual: 2 },
  strides: {
    name: 'Stride',
    explanation: 'How many points the window moves at a time.',
    usualInWords: 'as the window',
  },
  padding,
};
const { activation, useBias } = LAYERS.dense.parameters;

/** Every layer that a network of lines may have: of points along the pen's way, not of pixels. */
export const LINE_LAYERS: { readonly [T in LineLayerType]: LineLayerWords<T> } = {
  conv1d: {
    name: 'Convolution along the line',
    explanation: 'Slides small filters along the points; each learns to find one movement of the pen.',
    example: { type: 'conv1d', filters: 64, kernelSize: 5, padding: 'same', activation: 'relu' },
    parameters: {
      filters: { name: 'Filters', explanation: 'How many movements it learns: the channels of its output.' },
      kernelSize: { name: 'Window', explanation: 'Points that a filter sees at a time.' },
      strides: {
        name: 'Stride',
        explanation: 'How many points the window moves at a time; 2 halves the length.',
        usual: 1,
      },
      padding,
      activation,
      useBias,
    },
  },
  maxPooling1d: {
    name: 'Max pooling along the line',
    explanation: 'Shortens the line: keeps the largest value of some points.',
    example: { type: 'maxPooling1d', poolSize: 2 },
    parameters: pooling,
  },
  averagePooling1d: {
    name: 'Average pooling along the line',
    explanation: 'Shortens the line: keeps the average of some points.',
    example: { type: 'averagePooling1d', poolSize: 2 },
    parameters: pooling,
  },
  batchNormalization: LAYERS.batchNormalization,
  layerNormalization: LAYERS.layerNormalization,
  activation: { ...LAYERS.activation, example: { type: 'activation', activation: 'relu' } },
  dropout: LAYERS.dropout,
  residual: {
    name: 'Residual block',
    explanation: 'Adds what its layers give to what they were given, which must have the same shape.',
    example: {
      type: 'residual',
      layers: [
        { type: 'conv1d', filters: 64, kernelSize: 5, padding: 'same', activation: 'relu' },
        { type: 'conv1d', filters: 64, kernelSize: 5, padding: 'same' },
      ],
    },
    parameters: { layers: { name: 'Layers', explanation: 'Those whose result is added, first to last.' } },
  },
};
