import type { ExportedLayer } from '../exportedLayer';

const WINDOW = ['strides', 'padding', 'data_format'];
const ACTIVE = ['activation', 'use_bias'];
const CONVOLUTION = ['kernel_size', ...WINDOW, ...ACTIVE];
const NORMALIZATION = ['axis', 'epsilon', 'center', 'scale'];

/** What each layer is set by, in the words that Keras 3 has too. */
const SETTINGS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['Conv2D', ['filters', 'dilation_rate', ...CONVOLUTION]],
  ['SeparableConv2D', ['filters', 'dilation_rate', 'depth_multiplier', ...CONVOLUTION]],
  ['DepthwiseConv2D', ['depth_multiplier', 'dilation_rate', ...CONVOLUTION]],
  ['Conv2DTranspose', ['filters', ...CONVOLUTION]],
  ['MaxPooling2D', ['pool_size', ...WINDOW]],
  ['AveragePooling2D', ['pool_size', ...WINDOW]],
  ['GlobalMaxPooling2D', ['data_format']],
  ['GlobalAveragePooling2D', ['data_format']],
  ['ZeroPadding2D', ['padding', 'data_format']],
  ['Cropping2D', ['cropping', 'data_format']],
  ['BatchNormalization', ['momentum', ...NORMALIZATION]],
  ['LayerNormalization', NORMALIZATION],
  ['Activation', ['activation']],
  ['LeakyReLU', ['alpha', 'negative_slope']],
  ['PReLU', ['shared_axes']],
  ['ReLU', ['max_value', 'negative_slope', 'threshold']],
  ['Softmax', ['axis']],
  ['Dropout', ['rate']],
  ['GaussianDropout', ['rate']],
  ['GaussianNoise', ['stddev']],
  ['Flatten', []],
  ['Reshape', ['target_shape']],
  ['Permute', ['dims']],
  ['Rescaling', ['scale', 'offset']],
  ['Dense', ['units', ...ACTIVE]],
  ['Add', []],
  ['Multiply', []],
  ['Average', []],
  ['Maximum', []],
  ['Minimum', []],
  ['Concatenate', ['axis']],
]);

/** Activations by Keras' names; the one that TensorFlow.js calls hardSigmoid is another in Keras 3. */
const ACTIVATIONS = new Map([
  ...['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'tanh', 'softmax', 'softplus', 'softsign'].map(
    (name) => [name, name] as const,
  ),
  ['swish', 'silu'] as const,
]);

/**
 * A layer's configuration as Keras 3 reads it.
 *
 * @throws ModelError where Keras has no such layer
 */
export function kerasLayer(layer: ExportedLayer): { kind: string; config: Record<string, unknown> } {
  if (layer.kind === 'InputLayer') {
    const shape: unknown = layer.config['batch_input_shape'] ?? layer.config['batch_shape'];
    return { kind: 'InputLayer', config: { batch_shape: shape, dtype: 'float32' } };
  }
  const settings = SETTINGS.get(layer.kind);
  if (!settings) throw layer.unsupported();
  const config: Record<string, unknown> = {};
  for (const key of settings) {
    const value = layer.config[key];
    if (value === undefined) continue;
    // the newest Keras calls it otherwise
    if (key === 'alpha') config['negative_slope'] = value;
    else config[key] = key === 'activation' ? activationOf(layer) : value;
  }
  return { kind: layer.kind, config };
}

function activationOf(layer: ExportedLayer): string {
  const name = ACTIVATIONS.get(layer.activation);
  if (name === undefined) throw layer.unsupported(`has the activation ${layer.activation}, which is`);
  return name;
}
