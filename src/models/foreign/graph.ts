import * as z from 'zod';
import { ModelError } from '../errors';

/** A layer of a model that another program made, with the layers whose answers it takes. */
export interface GraphLayer {
  /** Its own among all layers. */
  readonly name: string;
  /** What the model calls it: the models that it lies in, and its own name. */
  readonly path: readonly string[];
  readonly kind: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly string[];
}

/** The layers of a model in an order in which each stands behind those that it takes from. */
export interface LayerGraph {
  readonly layers: readonly GraphLayer[];
  readonly output: string;
  /** Which Keras wrote it: 3 has other names and meanings for some things. */
  readonly keras: number;
}

const layerSchema = z.looseObject({
  class_name: z.string(),
  name: z.string().optional(),
  config: z.record(z.string(), z.unknown()),
  inbound_nodes: z.array(z.unknown()).optional(),
});
type LayerJson = z.infer<typeof layerSchema>;

const modelSchema = z.looseObject({
  class_name: z.string(),
  config: z.union([
    z.record(z.string(), z.unknown()),
    z.array(z.unknown()).transform((layers) => ({ layers })),
  ]),
});

const MODELS = new Set(['Sequential', 'Functional', 'Model']);
/** A model in so many others is none that people make. */
const DEEPEST = 10;
const MOST_LAYERS = 10_000;

/**
 * The layers of a model's topology, those of models in it among them, whichever Keras wrote it.
 *
 * @returns undefined where it is no stack or graph of layers with one input and one answer, each used once
 * @throws ModelError where it holds more models in models, or more layers, than any
 */
export function graphOf(topology: Readonly<Record<string, unknown>>): LayerGraph | undefined {
  const parsed = modelSchema.safeParse(topology['model_config'] ?? topology);
  if (!parsed.success) return undefined;
  const version = topology['keras_version'];
  const keras = typeof version === 'string' ? Number.parseInt(version, 10) : 2;
  const layers: GraphLayer[] = [];
  const output = addModel(layers, parsed.data, [], undefined, 0);
  return output === undefined ? undefined : { layers, output, keras };
}

/**
 * Adds the layers of a model.
 *
 * @param input the layer that its input stands for, where it lies in another model
 * @returns the layer whose answer is the model's; undefined where it cannot be told
 */
function addModel(
  layers: GraphLayer[],
  { class_name: kind, config }: { class_name: string; config: Readonly<Record<string, unknown>> },
  path: readonly string[],
  input: string | undefined,
  depth: number,
): string | undefined {
  if (depth > DEEPEST) throw new ModelError('The model holds models in models in models: export it flat.');
  const parsed = z.array(layerSchema).safeParse(config['layers']);
  if (!parsed.success || !MODELS.has(kind)) return undefined;
  return kind === 'Sequential'
    ? addStack(layers, parsed.data, path, input, depth)
    : addGraph(layers, parsed.data, config, path, input, depth);
}

function addStack(
  layers: GraphLayer[],
  stack: readonly LayerJson[],
  path: readonly string[],
  input: string | undefined,
  depth: number,
): string | undefined {
  let last = input;
  for (const layer of stack) {
    if (layer.class_name === 'InputLayer') {
      last ??= addLayer(layers, layer, path, []);
      continue;
    }
    // older models say the input's shape of their first layer
    const shape = layer.config['batch_input_shape'];
    if (last === undefined && shape !== undefined) {
      const config = { batch_input_shape: shape, name: `${nameOf(layer)}_input` };
      last = addLayer(layers, { class_name: 'InputLayer', config }, path, []);
    }
    if (last === undefined) return undefined;
    last = addAny(layers, layer, path, [last], depth);
    if (last === undefined) return undefined;
  }
  return last;
}

function addGraph(
  layers: GraphLayer[],
  graph: readonly LayerJson[],
  config: Readonly<Record<string, unknown>>,
  path: readonly string[],
  input: string | undefined,
  depth: number,
): string | undefined {
  const [[from] = [], secondInput] = endsOf(config['input_layers']);
  const [[to] = [], secondOutput] = endsOf(config['output_layers']);
  if (from === undefined || to === undefined || secondInput || secondOutput) return undefined;
  const known = new Map<string, string>();
  // a layer may stand before those that it takes from
  let left = [...graph];
  while (left.length > 0) {
    const waiting: LayerJson[] = [];
    for (const layer of left) {
      const inputs = inputsOf(layer);
      if (!inputs) return undefined;
      const names = inputs.map((name) => known.get(name));
      if (names.includes(undefined)) {
        waiting.push(layer);
        continue;
      }
      const own = nameOf(layer);
      const isInput = layer.class_name === 'InputLayer';
      if (isInput && own !== from) return undefined;
      const added =
        isInput && input !== undefined ? input : addAny(layers, layer, path, names as string[], depth);
      if (added === undefined) return undefined;
      known.set(own, added);
    }
    if (waiting.length === left.length) return undefined;
    left = waiting;
  }
  return known.get(to);
}

function addAny(
  layers: GraphLayer[],
  layer: LayerJson,
  path: readonly string[],
  inputs: readonly string[],
  depth: number,
): string | undefined {
  if (!MODELS.has(layer.class_name)) return addLayer(layers, layer, path, inputs);
  const [input, second] = inputs;
  if (input === undefined || second !== undefined) return undefined;
  return addModel(layers, layer, [...path, nameOf(layer)], input, depth + 1);
}

function addLayer(
  layers: GraphLayer[],
  layer: LayerJson,
  path: readonly string[],
  inputs: readonly string[],
): string {
  if (layers.length >= MOST_LAYERS)
    throw new ModelError('The model has more than 10,000 layers: take a smaller one.');
  const whole = [...path, nameOf(layer)];
  const name = whole.join('_');
  layers.push({ name, path: whole, kind: layer.class_name, config: layer.config, inputs });
  return name;
}

function nameOf({ name, config, class_name: kind }: LayerJson): string {
  if (name !== undefined) return name;
  return typeof config['name'] === 'string' ? config['name'] : kind.toLowerCase();
}

/** `[name, node, tensor]`, or a list of these. */
function endsOf(value: unknown): string[][] {
  if (!Array.isArray(value)) return [];
  const list = typeof value[0] === 'string' ? [value] : (value as unknown[]);
  return list.flatMap((each) => (Array.isArray(each) && typeof each[0] === 'string' ? [[each[0]]] : []));
}

/** The layers that a layer takes from; undefined where it is used more than once. */
function inputsOf({ inbound_nodes: nodes = [] }: LayerJson): string[] | undefined {
  if (nodes.length === 0) return [];
  const [node, second] = nodes;
  if (second !== undefined) return undefined;
  return Array.isArray(node) ? node.flatMap(oldReference) : tensorsIn(node);
}

/** Keras 2: `[name, node, tensor, arguments]`. */
function oldReference(reference: unknown): string[] {
  return Array.isArray(reference) && typeof reference[0] === 'string' ? [reference[0]] : [];
}

/** Keras 3: tensors with their history, wherever they stand among the arguments. */
function tensorsIn(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((each) => tensorsIn(each, depth + 1));
  const { class_name: kind, config } = value as {
    class_name?: unknown;
    config?: { keras_history?: unknown };
  };
  if (kind === '__keras_tensor__') {
    const history: unknown = config?.keras_history;
    return Array.isArray(history) && typeof history[0] === 'string' ? [history[0]] : [];
  }
  return Object.values(value).flatMap((each) => tensorsIn(each, depth + 1));
}
