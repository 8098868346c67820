import { ModelError } from '../errors';
import type { StoredLayers } from '../layersFolder';
import { elementsOf, storedBytes, type WeightSpec } from '../weights';
import { graphOf, type GraphLayer, type LayerGraph } from './graph';
import { plainConfig } from './plainConfig';

/** Layers that do nothing once a model is trained, and that TensorFlow.js does not have. */
const OF_TRAINING =
  /^(Random(Flip|Rotation|Zoom|Translation|Contrast|Brightness|Crop|Height|Width|Erasing|Invert|ColorJitter)|Identity|ActivityRegularization|SpatialDropout[123]D)$/;
/** Layers that leave the values as they are. */
const RESHAPES = /^(Reshape|Flatten|Permute|ZeroPadding2D|Cropping2D|InputLayer)$/;
/** Where the largest gray value is 1, no mean is above it, and nothing needs to be made so small. */
const [SMALL_SCALE, LARGE_MEAN] = [0.1, 1.5];
const BYTE = 255;
/** Keras divides by no less than this. */
const LEAST_DEVIATION = 1e-7;
/** The newest Keras calls the weights of some layers otherwise. */
const WEIGHT_NAMES = new Map([['DepthwiseConv2D kernel', 'depthwise_kernel']]);
/** States that only training needs. */
const NO_WEIGHT = /(^|\/)(seed_generator(_state)?|count|iteration|learning_rate|seed_generator\/.*)(:0)?$/;

/** A weight with its values as they are stored. */
interface Part {
  readonly spec: WeightSpec;
  readonly bytes: Uint8Array;
}

/**
 * A model that another program made as Scrawl's are: it takes one gray picture of values 0 to 1, height x width x 1,
 * whatever it takes itself (28x28, 784 values, three channels, values up to 255), gives probabilities where it ends with
 * a layer of plain numbers, and is written in the words of Keras 2 that TensorFlow.js knows.
 *
 * @returns the same where it is no plain graph of layers
 * @throws ModelError that names the layer which cannot be taken
 */
export function standardModel(stored: StoredLayers): StoredLayers {
  const graph = graphOf(stored.modelTopology);
  if (!graph) return stored;
  const used = withoutTraining(graph);
  const input = used.layers.find(({ kind }) => kind === 'InputLayer');
  const shape = input && shapeOf(input);
  if (!input || !shape) return stored;
  const parts = weightsOf(stored, used);
  const layers: object[] = [];
  const from = addInput(layers, input, shape, takesBytes(used, input, parts));
  const names = new Map([[input.name, from]]);
  for (const layer of used.layers) {
    if (layer === input) continue;
    const inputs = layer.inputs.map((name) => names.get(name) ?? name);
    const rescaling = rescalingOf(layer, parts);
    layers.push(
      rescaling
        ? layerJson('Rescaling', rescaling, inputs)
        : layerJson(plainKind(layer), plainLayer(layer, used.keras), inputs),
    );
  }
  const output = addProbabilities(layers, used);
  const { name: first } = layers[0] as { name: string };
  const config = { name: 'model', layers, input_layers: [[first, 0, 0]], output_layers: [[output, 0, 0]] };
  return {
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: { class_name: 'Functional', config },
    },
    ...together(parts.filter(({ spec }) => !isOfRescaling(spec, used.layers))),
  };
}

function withoutTraining({ layers, output, keras }: LayerGraph): LayerGraph {
  const replaced = new Map<string, string>();
  const kept: GraphLayer[] = [];
  const now = (name: string) => replaced.get(name) ?? name;
  for (const layer of layers) {
    const inputs = layer.inputs.map(now);
    const [input] = inputs;
    if (OF_TRAINING.test(layer.kind) && input !== undefined) replaced.set(layer.name, input);
    else kept.push({ ...layer, inputs });
  }
  return { layers: kept, output: now(output), keras };
}

/** Sides of the pictures that a layer takes; undefined where it takes none. */
interface TakenShape {
  readonly height: number;
  readonly width: number;
  /** Without the number of pictures. */
  readonly shape: readonly number[];
}

function shapeOf({ config }: GraphLayer): TakenShape | undefined {
  const whole: unknown = config['batch_shape'] ?? config['batch_input_shape'];
  const shape = Array.isArray(whole) ? (whole as unknown[]).slice(1) : [];
  if (!shape.every((size): size is number => Number.isInteger(size))) return undefined;
  const [height = 0, width = 0, channels = 1] = shape;
  if (shape.length === 1) {
    const side = Math.sqrt(height);
    return Number.isInteger(side) ? { height: side, width: side, shape } : undefined;
  }
  if (shape.length === 3 && height === 1) return { height: width, width: channels, shape };
  return shape.length === 2 || (shape.length === 3 && (channels === 1 || channels === 3))
    ? { height, width, shape }
    : undefined;
}

/** Whether a model takes gray values up to 255, by what it does with them first. */
function takesBytes({ layers }: LayerGraph, input: GraphLayer, parts: readonly Part[]): boolean {
  let name = input.name;
  for (const layer of layers) {
    if (!layer.inputs.includes(name)) continue;
    if (RESHAPES.test(layer.kind)) {
      name = layer.name;
      continue;
    }
    if (layer.kind === 'Rescaling') return Math.abs(Number(layer.config['scale'])) < SMALL_SCALE;
    if (layer.kind === 'Normalization' || layer.kind === 'BatchNormalization') {
      return numbersOf(parts, `${layer.name}/moving_mean`).some((mean) => mean > LARGE_MEAN);
    }
    return false;
  }
  return false;
}

function numbersOf(parts: readonly Part[], name: string): Float32Array {
  const bytes = parts.find(
    ({ spec }) => spec.name === name && spec.dtype === 'float32' && !spec.quantization,
  )?.bytes;
  return new Float32Array(bytes?.slice().buffer ?? []);
}

/** Adds the input, and what makes of it what the model takes. @returns the layer that has it */
function addInput(
  layers: object[],
  { name }: GraphLayer,
  { height, width, shape }: TakenShape,
  isBytes: boolean,
): string {
  const add = (kind: string, own: string, config: object, inputs: readonly string[]) => {
    layers.push(layerJson(kind, { name: own, ...config }, inputs));
    return own;
  };
  const standard = [null, height, width, 1];
  let last = add(
    'InputLayer',
    `${name}_picture`,
    { batch_input_shape: standard, dtype: 'float32', sparse: false },
    [],
  );
  if (isBytes) last = add('Rescaling', `${name}_bytes`, { scale: BYTE, offset: 0, dtype: 'float32' }, [last]);
  if (shape.length === 3 && shape[2] === 3 && shape[0] !== 1) {
    last = add('Concatenate', `${name}_channels`, { axis: -1 }, [last, last, last]);
  } else if (shape.length !== 3 || shape[0] === 1) {
    last = add('Reshape', `${name}_shape`, { target_shape: shape }, [last]);
  }
  return last;
}

/** Ends a model that gives plain numbers with a softmax. @returns the layer whose answer is the model's */
function addProbabilities(layers: object[], { layers: all, output }: LayerGraph): string {
  const last = all.find(({ name }) => name === output);
  const isPlain =
    last?.kind === 'Dense' && [undefined, null, 'linear'].includes(last.config['activation'] as string);
  if (!isPlain) return output;
  const name = `${output}_probabilities`;
  layers.push(layerJson('Activation', { name, activation: 'softmax' }, [output]));
  return name;
}

/** A normalization of all values by the same figures, whatever their shape. */
function rescalingOf({ kind, name, config }: GraphLayer, parts: readonly Part[]) {
  if (kind !== 'Normalization' || config['invert'] === true) return undefined;
  const [mean, variance] = (['mean', 'variance'] as const).map((which) =>
    numbersOf(parts, `${name}/moving_${which}`),
  );
  if (mean?.length !== 1 || variance?.length !== 1) return undefined;
  const scale = 1 / Math.max(Math.sqrt(variance[0] ?? 1), LEAST_DEVIATION);
  return { name, scale, offset: -(mean[0] ?? 0) * scale, dtype: 'float32' };
}

function isOfRescaling({ name, shape, quantization }: WeightSpec, layers: readonly GraphLayer[]): boolean {
  return (
    elementsOf(shape) === 1 &&
    !quantization &&
    layers.some((layer) => layer.kind === 'Normalization' && name.startsWith(`${layer.name}/moving_`))
  );
}

/** TensorFlow.js has no normalization by known figures but that of batches. */
function plainKind({ kind }: GraphLayer): string {
  return kind === 'Normalization' ? 'BatchNormalization' : kind;
}

function plainLayer(layer: GraphLayer, keras: number): Record<string, unknown> {
  const config = plainConfig(layer, keras);
  if (layer.kind !== 'Normalization') return config;
  if (config['invert'] === true) {
    throw new ModelError(
      `The layer "${layer.name}" inverts a normalization, which Scrawl does not: leave it out.`,
    );
  }
  return { name: layer.name, axis: -1, center: false, scale: false, epsilon: LEAST_DEVIATION ** 2 };
}

function layerJson(
  kind: string,
  config: Record<string, unknown> & { name?: unknown },
  inputs: readonly string[],
): object {
  const nodes = inputs.length === 0 ? [] : [inputs.map((name) => [name, 0, 0, {}])];
  return { class_name: kind, name: config.name, config, inbound_nodes: nodes };
}

/**
 * The weights of layers that are left, under the layers' names.
 *
 * @throws ModelError where one is of no layer
 */
function weightsOf({ weightSpecs, weightData }: StoredLayers, { layers }: LayerGraph): Part[] {
  const parts: Part[] = [];
  let offset = 0;
  for (const spec of weightSpecs) {
    const bytes = new Uint8Array(weightData, offset, storedBytes(spec));
    offset += bytes.length;
    if (NO_WEIGHT.test(spec.name)) continue;
    const found = ownerOf(spec.name.replace(/:0$/, '').split('/'), layers);
    if (!found)
      throw new ModelError(`The weights "${spec.name}" are of no layer of the model: export it again.`);
    const { layer, rest } = found;
    const name =
      layer.kind === 'Normalization' ? `moving_${rest}` : (WEIGHT_NAMES.get(`${layer.kind} ${rest}`) ?? rest);
    parts.push({ spec: { ...spec, name: `${layer.name}/${name}`, shape: shapeFor(layer, spec) }, bytes });
  }
  return [...parts, ...normalizations(layers, parts)];
}

/** Of one channel a normalization may have numbers without a shape. */
function shapeFor({ kind }: GraphLayer, { shape }: WeightSpec): number[] {
  return kind === 'Normalization' ? [elementsOf(shape)] : shape;
}

/** The layer whose name stands last in a weight's name, within the models that stand before it. */
function ownerOf(
  segments: readonly string[],
  layers: readonly GraphLayer[],
): { layer: GraphLayer; rest: string } | undefined {
  for (let at = segments.length - 2; at >= 0; at--) {
    const named = layers.filter(({ path }) => path.at(-1) === segments[at]);
    const before = segments.slice(0, at);
    const [best] = named
      .map((layer) => ({
        layer,
        shared: layer.path.slice(0, -1).filter((part) => before.includes(part)).length,
      }))
      .sort((a, b) => b.shared - a.shared || a.layer.path.length - b.layer.path.length);
    if (best) return { layer: best.layer, rest: segments.slice(at + 1).join('/') };
  }
  return undefined;
}

/** Means and variances that a layer's own description says. */
function normalizations(layers: readonly GraphLayer[], parts: readonly Part[]): Part[] {
  return layers.flatMap(({ kind, name, config }) => {
    if (kind !== 'Normalization' || parts.some(({ spec }) => spec.name.startsWith(`${name}/`))) return [];
    return (['mean', 'variance'] as const).map((which) => {
      const values = Float32Array.from([config[which]].flat(Infinity) as number[], Number);
      if (values.length === 0 || values.some(Number.isNaN)) {
        throw new ModelError(
          `The layer "${name}" has no ${which}: adapt it to data, and export the model again.`,
        );
      }
      const spec: WeightSpec = { name: `${name}/moving_${which}`, shape: [values.length], dtype: 'float32' };
      return { spec, bytes: new Uint8Array(values.buffer) };
    });
  });
}

function together(parts: readonly Part[]): Pick<StoredLayers, 'weightSpecs' | 'weightData'> {
  const data = new Uint8Array(parts.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let offset = 0;
  for (const { bytes } of parts) {
    data.set(bytes, offset);
    offset += bytes.length;
  }
  return { weightSpecs: parts.map(({ spec }) => spec), weightData: data.buffer };
}
