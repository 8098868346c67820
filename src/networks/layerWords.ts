import type { Layer } from './network';

/** A layer's type as in a network file. */
export type LayerType = Layer['type'];
type LayerOf<T extends LayerType> = Extract<Layer, { type: T }>;
type ParameterOf<T extends LayerType> = Exclude<keyof LayerOf<T>, 'type'>;

/** The value of a layer's parameter; a pair is height and width, or down and across. */
export type ParameterValue = number | [number, number] | string | boolean;

/** What a parameter is called and does. Its range is the network schema's. */
export interface ParameterWords {
  readonly name: string;
  readonly explanation: string;
  /** What holds where a file does not say. */
  readonly usual?: ParameterValue;
  /** The same in words, where it is no fixed value. */
  readonly usualInWords?: string;
}

/** What a layer is called and does, and what the palette adds. */
export interface LayerWords<T extends LayerType = LayerType> {
  readonly name: string;
  readonly group: LayerGroup;
  readonly explanation: string;
  readonly example: LayerOf<T>;
  readonly parameters: { readonly [P in ParameterOf<T>]-?: ParameterWords };
}

/** The groups of the palette, in their order. */
export const LAYER_GROUPS = [
  'Convolution',
  'Pooling',
  'Dense',
  'Against overfitting',
  'Normalization',
  'Activation',
  'Padding',
] as const;
export type LayerGroup = (typeof LAYER_GROUPS)[number];

const kernelSize: ParameterWords = {
  name: 'Window',
  explanation: 'Height and width of the window that slides over the picture, in pixels.',
};
const strides: ParameterWords = {
  name: 'Stride',
  explanation: 'How many pixels the window moves at a time; 2 halves height and width.',
  usual: 1,
};
const padding: ParameterWords = {
  name: 'Padding',
  explanation:
    '"valid" keeps the window inside the picture, which gets smaller; "same" adds zeros around it, so that stride 1 keeps its size.',
  usual: 'valid',
};
const activation: ParameterWords = {
  name: 'Activation',
  explanation:
    'The function that each result passes through: "relu" is the usual one, "linear" changes nothing.',
  usual: 'linear',
};
const useBias: ParameterWords = {
  name: 'Bias',
  explanation: 'Adds a number of its own, which is learned, to each filter or unit.',
  usual: true,
};
const convolution = { kernelSize, strides, padding, activation, useBias };
const pooling = {
  poolSize: { name: 'Window', explanation: 'Height and width of what becomes one pixel.', usual: 2 },
  strides: {
    name: 'Stride',
    explanation: 'How many pixels the window moves at a time.',
    usualInWords: 'as the window',
  },
  padding,
};
const epsilon: ParameterWords = {
  name: 'Epsilon',
  explanation: 'A small number that keeps the division from one by zero.',
  usual: 0.001,
};

/** Every layer that a network file may have: the one source of the palette, the forms and the file's schema. */
export const LAYERS: { readonly [T in LayerType]: LayerWords<T> } = {
  conv2d: {
    name: 'Convolution',
    group: 'Convolution',
    explanation: 'Slides small filters over the picture; each learns to find one pattern, such as an edge.',
    example: { type: 'conv2d', filters: 32, kernelSize: 3, activation: 'relu' },
    parameters: {
      filters: { name: 'Filters', explanation: 'How many patterns it learns: the channels of its output.' },
      ...convolution,
    },
  },
  depthwiseConv2d: {
    name: 'Depthwise convolution',
    group: 'Convolution',
    explanation: 'Filters each channel by itself, with far fewer weights than a convolution.',
    example: { type: 'depthwiseConv2d', kernelSize: 3, activation: 'relu' },
    parameters: {
      depthMultiplier: {
        name: 'Filters a channel',
        explanation: 'How many patterns it learns for each channel of its input.',
        usual: 1,
      },
      ...convolution,
    },
  },
  separableConv2d: {
    name: 'Separable convolution',
    group: 'Convolution',
    explanation:
      'Filters each channel by itself, then mixes the channels: nearly a convolution, with fewer weights.',
    example: { type: 'separableConv2d', filters: 32, kernelSize: 3, activation: 'relu' },
    parameters: {
      filters: { name: 'Filters', explanation: 'How many mixtures it learns: the channels of its output.' },
      ...convolution,
    },
  },
  maxPooling2d: {
    name: 'Max pooling',
    group: 'Pooling',
    explanation: 'Shrinks the picture: keeps the largest value of each window.',
    example: { type: 'maxPooling2d', poolSize: 2 },
    parameters: pooling,
  },
  averagePooling2d: {
    name: 'Average pooling',
    group: 'Pooling',
    explanation: 'Shrinks the picture: keeps the average of each window.',
    example: { type: 'averagePooling2d', poolSize: 2 },
    parameters: pooling,
  },
  globalMaxPooling2d: {
    name: 'Global max pooling',
    group: 'Pooling',
    explanation: 'Makes one number of each channel: its largest value anywhere.',
    example: { type: 'globalMaxPooling2d' },
    parameters: {},
  },
  globalAveragePooling2d: {
    name: 'Global average pooling',
    group: 'Pooling',
    explanation: 'Makes one number of each channel: its average.',
    example: { type: 'globalAveragePooling2d' },
    parameters: {},
  },
  flatten: {
    name: 'Flatten',
    group: 'Dense',
    explanation: 'Lays all values of the picture in one list, as dense layers take it.',
    example: { type: 'flatten' },
    parameters: {},
  },
  dense: {
    name: 'Dense',
    group: 'Dense',
    explanation: 'Each unit weighs every number of the list before it.',
    example: { type: 'dense', units: 128, activation: 'relu' },
    parameters: {
      units: { name: 'Units', explanation: 'How many numbers it gives.' },
      activation,
      useBias,
    },
  },
  dropout: {
    name: 'Dropout',
    group: 'Against overfitting',
    explanation: 'Leaves out values at random while training, so that the network relies on no single one.',
    example: { type: 'dropout', rate: 0.25 },
    parameters: {
      rate: { name: 'Rate', explanation: 'The share of values that are left out: 0 none, 0.5 half of them.' },
    },
  },
  batchNormalization: {
    name: 'Batch normalization',
    group: 'Normalization',
    explanation:
      'Brings each channel to mean 0 and spread 1 over a batch: training goes faster and steadier.',
    example: { type: 'batchNormalization' },
    parameters: {
      momentum: {
        name: 'Momentum',
        explanation: 'How much of the running mean and spread stays at each step.',
        usual: 0.99,
      },
      epsilon,
    },
  },
  layerNormalization: {
    name: 'Layer normalization',
    group: 'Normalization',
    explanation: 'Brings the channels at each place of one sample to mean 0 and spread 1.',
    example: { type: 'layerNormalization' },
    parameters: { epsilon },
  },
  activation: {
    name: 'Activation',
    group: 'Activation',
    explanation: 'Passes each value through a function, behind a normalization for example.',
    example: { type: 'activation', activation: 'relu' },
    parameters: { activation: { name: 'Function', explanation: 'The function: "relu" is the usual one.' } },
  },
  leakyReLU: {
    name: 'Leaky ReLU',
    group: 'Activation',
    explanation: 'Keeps positive values and makes negative ones small.',
    example: { type: 'leakyReLU' },
    parameters: {
      alpha: { name: 'Slope', explanation: 'What negative values are multiplied by.', usual: 0.3 },
    },
  },
  prelu: {
    name: 'PReLU',
    group: 'Activation',
    explanation: 'Keeps positive values and multiplies negative ones by slopes that it learns.',
    example: { type: 'prelu' },
    parameters: {},
  },
  zeroPadding2d: {
    name: 'Zero padding',
    group: 'Padding',
    explanation: 'Adds a border of zeros around the picture.',
    example: { type: 'zeroPadding2d', padding: 1 },
    parameters: {
      padding: { name: 'Border', explanation: 'Pixels at top and bottom, and at left and right.' },
    },
  },
};

/** What a parameter of a layer is called and does; undefined for one that the layer does not have. */
export function parameterWords(type: LayerType, parameter: string): ParameterWords | undefined {
  return (LAYERS[type].parameters as Record<string, ParameterWords>)[parameter];
}
