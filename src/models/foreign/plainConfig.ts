import { ModelError } from '../errors';
import type { GraphLayer } from './graph';

/** Keras' names of activations that TensorFlow.js has under another. */
const ACTIVATIONS = new Map([
  ['silu', 'swish'],
  ['hard_sigmoid', 'hardSigmoid'],
  ['log_softmax', 'logSoftmax'],
]);
/** What only training needs, and each Keras writes in another way. */
const OF_TRAINING = /_(regularizer|constraint)$/;
const NO_VALUES = { class_name: 'Zeros', config: {} };
/** What the newest Keras adds to every layer. */
const LEFT_OUT = new Set([
  'build_config',
  'registered_name',
  'module',
  'quantization_config',
  'optional',
  'lora_rank',
]);
/** A configuration that holds others. */
const DEEPEST = 20;

/**
 * A layer's configuration in the words of Keras 2, as TensorFlow.js knows them.
 *
 * @throws ModelError that names the layer, where it means something else there
 */
export function plainConfig(layer: GraphLayer, keras: number): Record<string, unknown> {
  const config = plain(layer.config, 0) as Record<string, unknown>;
  const { kind } = layer;
  if (keras >= 3 && config['activation'] === 'hardSigmoid') {
    throw new ModelError(
      `The layer "${layer.name}" has the activation hard_sigmoid, which is another one in Keras 3: use sigmoid.`,
    );
  }
  if (kind === 'LeakyReLU' && config['negative_slope'] !== undefined)
    config['alpha'] = config['negative_slope'];
  if (/^Global/.test(kind) && config['keepdims'] === true) {
    throw new ModelError(
      `The layer "${layer.name}" keeps dimensions, which TensorFlow.js cannot: put a Reshape behind it.`,
    );
  }
  return { ...config, name: layer.name };
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) throw new ModelError('The model has a layer in layers in layers: export it flat.');
  if (Array.isArray(value)) return value.map((each) => plain(each, depth + 1));
  const plainly: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (LEFT_OUT.has(key)) continue;
    if (OF_TRAINING.test(key)) plainly[key] = null;
    else if (key.endsWith('_initializer')) plainly[key] = NO_VALUES;
    else if (key === 'batch_shape') plainly['batch_input_shape'] = inner;
    else if (key === 'dtype') plainly[key] = 'float32';
    else if (key === 'seed') plainly[key] = typeof inner === 'number' ? inner : null;
    else if (/^(recurrent_)?activation$/.test(key)) plainly[key] = activationOf(inner);
    else plainly[key] = plain(inner, depth + 1);
  }
  return plainly;
}

/** The name of an activation, which newer models say as an object. */
function activationOf(value: unknown): unknown {
  const name =
    typeof value === 'object' && value !== null && 'config' in value && typeof value.config === 'string'
      ? value.config
      : value;
  return typeof name === 'string' ? (ACTIVATIONS.get(name) ?? name) : name;
}
