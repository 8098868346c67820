import * as z from 'zod';
import type { Weight } from './weights';

/** The Keras whose configuration of layers TensorFlow.js writes. */
const KERAS_VERSION = '2.15.0';

const layerSchema = z.looseObject({
  class_name: z.string(),
  /** Functional models name a layer outside its configuration too. */
  name: z.string().optional(),
  config: z.looseObject({ name: z.string() }),
  inbound_nodes: z.unknown().optional(),
});
type LayerJson = z.infer<typeof layerSchema>;

const modelSchema = z.looseObject({
  class_name: z.string(),
  config: z.looseObject({ name: z.string(), layers: z.array(layerSchema) }),
});

interface Layers {
  readonly topology: object;
  readonly weights: readonly Weight[];
}

/**
 * The same model with the names that Keras gives to layers (`conv2d`, `conv2d_1`, `dense`) and weights
 * (`conv2d/kernel`), under `model_config` as Keras has it, for tensorflowjs_converter and Keras to read.
 *
 * @returns undefined where the description of the layers is not one that Keras knows
 */
export function withKerasNames({ topology, weights }: Layers): Layers | undefined {
  const parsed = modelSchema.safeParse('model_config' in topology ? topology.model_config : topology);
  if (!parsed.success) return undefined;
  const { class_name: className, config } = parsed.data;
  const names = kerasNames(config.layers);
  const renamed = {
    ...config,
    name: className === 'Sequential' ? 'sequential' : 'model',
    layers: config.layers.map((layer) => renamedLayer(layer, names)),
    ...(config['input_layers'] !== undefined && {
      input_layers: renamedNodes(config['input_layers'], names),
    }),
    ...(config['output_layers'] !== undefined && {
      output_layers: renamedNodes(config['output_layers'], names),
    }),
  };
  return {
    topology: {
      keras_version: KERAS_VERSION,
      backend: 'tensorflow',
      model_config: { class_name: className === 'Model' ? 'Functional' : className, config: renamed },
    },
    weights: weights.map((weight) => ({ ...weight, name: renamedWeight(weight.name, names) })),
  };
}

/** The new name of each layer by its old one: what it is, numbered from the second of its kind. */
function kerasNames(layers: readonly LayerJson[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const names = new Map<string, string>();
  for (const { class_name: className, config } of layers) {
    const kind = className === 'InputLayer' ? 'input' : snakeCase(className);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    // Keras counts inputs from 1
    const suffix = kind === 'input' ? `_${count + 1}` : count > 0 ? `_${count}` : '';
    names.set(config.name, kind + suffix);
  }
  return names;
}

/** As Keras makes names of classes: `MaxPooling2D` is `max_pooling2d`. */
export function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

function renamedLayer(layer: LayerJson, names: ReadonlyMap<string, string>): object {
  const name = names.get(layer.config.name) ?? layer.config.name;
  return {
    ...layer,
    ...(layer.name !== undefined && { name }),
    config: { ...layer.config, name },
    ...(layer.inbound_nodes !== undefined && { inbound_nodes: renamedNodes(layer.inbound_nodes, names) }),
  };
}

/** References to layers: `[name, node, tensor, ...]` in lists of any depth. */
function renamedNodes(nodes: unknown, names: ReadonlyMap<string, string>): unknown {
  if (!Array.isArray(nodes)) return nodes;
  const [first, ...rest] = nodes as unknown[];
  if (typeof first === 'string' && typeof rest[0] === 'number') return [names.get(first) ?? first, ...rest];
  return nodes.map((node) => renamedNodes(node, names));
}

function renamedWeight(name: string, names: ReadonlyMap<string, string>): string {
  const slash = name.indexOf('/');
  const layer = slash < 0 ? name : name.slice(0, slash);
  return (names.get(layer) ?? layer) + name.slice(layer.length);
}
