import type { LayersModel } from '@tensorflow/tfjs-layers';
import type * as tf from '@tensorflow/tfjs-core';
import { FUNCTIONS, type FunctionName } from './layouts';

type Pair = readonly [down: number, across: number];

/** Height, width and channels; a list of numbers is one place of so many channels. */
export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The rows and columns of zeros before a picture, and behind it. */
export interface Padding {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const NO_PADDING: Padding = { top: 0, left: 0, bottom: 0, right: 0 };

/** A layer that the kernels have. Variables are TensorFlow.js' own. */
export type ChainLayer =
  | {
      readonly kind: 'convolution';
      readonly window: Pair;
      readonly strides: Pair;
      readonly same: boolean;
      readonly outs: number;
      readonly kernel: tf.Variable;
      readonly bias: tf.Variable | undefined;
      readonly rectified: boolean;
    }
  | {
      /** A convolution that takes each channel by itself. */
      readonly kind: 'depthwise';
      readonly window: Pair;
      readonly strides: Pair;
      readonly same: boolean;
      readonly kernel: tf.Variable;
      readonly bias: tf.Variable | undefined;
    }
  | {
      readonly kind: 'dense';
      readonly outs: number;
      readonly kernel: tf.Variable;
      readonly bias: tf.Variable | undefined;
      readonly rectified: boolean;
    }
  | {
      readonly kind: 'pooling';
      readonly mean: boolean;
      /** The whole picture where it is left out. */
      readonly window?: Pair;
      readonly strides: Pair;
      readonly same: boolean;
    }
  | {
      readonly kind: 'normalization';
      readonly epsilon: number;
      readonly momentum: number;
      readonly gamma: tf.Variable;
      readonly beta: tf.Variable;
      readonly movingMean: tf.Variable;
      readonly movingVariance: tf.Variable;
    }
  | {
      readonly kind: 'layerNormalization';
      readonly epsilon: number;
      readonly gamma: tf.Variable;
      readonly beta: tf.Variable;
    }
  | { readonly kind: 'prelu'; readonly slopes: tf.Variable }
  /** Zeros around a picture. */
  | { readonly kind: 'frame'; readonly padding: Padding }
  | { readonly kind: 'activation'; readonly name: FunctionName; readonly amount: number }
  | { readonly kind: 'dropout'; readonly rate: number }
  | { readonly kind: 'flatten' }
  /** Adds what there was behind the first so many layers: the end of a residual block (He et al. 2016). */
  | { readonly kind: 'add'; readonly behind: number };

/**
 * A network without branches but those of residual blocks. One of pictures ends in the softmax of a dense layer, which
 * is left out; one of lines, which are pictures of one row, ends in the logits of CTC.
 */
export interface Chain {
  readonly input: Shape;
  readonly layers: readonly ChainLayer[];
  readonly classes: number;
}

/** A network that the kernels do not have: why, as a clause. */
export class NotInKernels extends Error {}

/** Down and across, or across alone where there is one row. */
type Sides = Pair | readonly [number];

/** What TensorFlow.js tells of a layer. */
interface Config {
  readonly name?: string;
  readonly activation?: unknown;
  readonly kernelSize?: Sides;
  readonly strides?: Sides;
  readonly padding?: string | readonly (readonly number[])[];
  readonly depthMultiplier?: number;
  readonly dilationRate?: number | readonly number[];
  readonly dataFormat?: string;
  readonly poolSize?: Sides;
  readonly axis?: number | readonly number[];
  readonly epsilon?: number;
  readonly momentum?: number;
  readonly alpha?: number;
  readonly rate?: number;
  readonly noiseShape?: unknown;
  readonly maxValue?: unknown;
}

type Layer = LayersModel['layers'][number];

/**
 * Reads the layers of a model that reads pictures.
 *
 * @throws NotInKernels where one of them, or what lies between them, is none that the kernels have
 */
export function readChain(model: LayersModel): Chain {
  const layers = layersOf(model);
  const [, height = 0, width = 0, channels = 0] = model.inputs[0]?.shape as number[];
  const input = { height, width, channels };
  const last = layers.at(-1);
  if (last?.getClassName() !== 'Dense' || activationOf(last) !== 'softmax')
    throw new NotInKernels('it does not end in the softmax of a dense layer');
  const read = readLayers(model, layers);
  checkShapes(input, read);
  return { input, layers: read, classes: last.outputShape[1] as number };
}

/** Points of the shortest lines that networks are given. */
const SHORTEST = 32;

/**
 * Reads the layers of a model that reads lines. The chain is that of the shortest lines: see `ofLength`.
 *
 * @throws NotInKernels where one of them, or what lies between them, is none that the kernels have
 */
export function readLineChain(model: LayersModel): Chain {
  const layers = layersOf(model);
  const last = layers.at(-1);
  if (last?.getClassName() !== 'Conv1D' || activationOf(last) !== 'linear')
    throw new NotInKernels('it does not end in the logits of a convolution');
  const input = { height: 1, width: SHORTEST, channels: model.inputs[0]?.shape.at(-1) ?? 0 };
  const read = readLayers(model, layers);
  checkShapes(input, read);
  return { input, layers: read, classes: last.outputShape.at(-1) as number };
}

/** The chain of the same layers on lines of so many points. */
export function ofLength(chain: Chain, points: number): Chain {
  return { ...chain, input: { ...chain.input, width: points } };
}

function layersOf(model: LayersModel): Layer[] {
  return model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
}

/** The layers one behind the other. */
function readLayers(model: LayersModel, layers: readonly Layer[]): ChainLayer[] {
  const read: ChainLayer[] = [];
  /** How many layers each tensor lies behind. */
  const places = new Map<unknown, number>([[model.inputs[0], 0]]);
  let before: unknown = model.inputs[0];
  for (const layer of layers) {
    if (layer.getClassName() === 'Add') read.push(readAddition(layer, before, places, read));
    else {
      checkPlace(model, layer, before);
      read.push(...readLayer(layer, layer === layers.at(-1)));
    }
    before = layer.output;
    places.set(before, read.length);
  }
  return read;
}

function checkPlace(model: LayersModel, layer: Layer, before: unknown): void {
  if (layer.inboundNodes.length !== 1 || layer.input !== before || model.inputs.length !== 1)
    throw new NotInKernels(`its layers are no single chain at ${layer.name}`);
  if (layer.weights.length > 0 && !layer.trainable)
    throw new NotInKernels(`its layer ${layer.name} does not learn`);
}

/** The end of a residual block, which begins with a convolution: that one adds to the gradient of what it takes. */
function readAddition(
  layer: Layer,
  before: unknown,
  places: ReadonlyMap<unknown, number>,
  read: readonly ChainLayer[],
): ChainLayer {
  const inputs: readonly unknown[] = [layer.input].flat();
  const others = inputs.filter((each) => each !== before);
  const behind = places.get(others[0]) ?? -1;
  const taken = read.some((each) => each.kind === 'add' && each.behind === behind);
  const isBlock = inputs.length === 2 && others.length === 1 && read[behind]?.kind === 'convolution';
  if (layer.inboundNodes.length !== 1 || !isBlock || taken)
    throw new NotInKernels(`what ${layer.name} adds is no residual block that begins with a convolution`);
  return { kind: 'add', behind };
}

function activationOf(layer: Layer): string {
  const { activation } = layer.getConfig() as Config;
  return typeof activation === 'string' ? activation : activation === undefined ? 'linear' : 'unknown';
}

/** A layer as the kernels do it: with any function but a rectifier behind it as a layer of its own. */
function readLayer(layer: Layer, last: boolean): ChainLayer[] {
  const config = layer.getConfig() as Config;
  const name = activationOf(layer);
  switch (layer.getClassName()) {
    case 'Conv1D':
    case 'Conv2D': {
      checkConvolution(layer, config);
      const [window, strides] = [pairOf(config.kernelSize, [1, 1]), pairOf(config.strides, [1, 1])];
      const { kernel, bias, outs } = weightsOf(layer);
      const rectified = name === 'relu';
      const same = config.padding === 'same';
      const made = { kind: 'convolution', window, strides, same, outs, kernel, bias, rectified } as const;
      return [made, ...(rectified ? [] : functionLayer(layer, name))];
    }
    case 'DepthwiseConv2D': {
      const [kernel, bias] = layer.weights.map(variableOf);
      return [depthwiseOf(layer, config, kernel, bias), ...functionLayer(layer, name)];
    }
    case 'SeparableConv2D':
      return readSeparable(layer, config, name);
    case 'Dense': {
      const rectified = name === 'relu';
      const made = { kind: 'dense', ...weightsOf(layer), rectified } as const;
      return [made, ...(rectified || last ? [] : functionLayer(layer, name))];
    }
    case 'MaxPooling1D':
    case 'AveragePooling1D':
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const window = pairOf(config.poolSize, [2, 2]);
      const strides = pairOf(config.strides, window);
      const mean = layer.getClassName().startsWith('Average');
      return [{ kind: 'pooling', mean, window, strides, same: config.padding === 'same' }];
    }
    case 'GlobalMaxPooling2D':
    case 'GlobalAveragePooling2D': {
      const mean = layer.getClassName() === 'GlobalAveragePooling2D';
      return [{ kind: 'pooling', mean, strides: [1, 1], same: false }];
    }
    case 'BatchNormalization':
      return [readNormalization(layer, config)];
    case 'LayerNormalization':
      return [readLayerNormalization(layer, config)];
    case 'PReLU':
      return [readSlopes(layer)];
    case 'ZeroPadding2D': {
      const [[top = 0, bottom = 0] = [], [left = 0, right = 0] = []] = config.padding as number[][];
      return [{ kind: 'frame', padding: { top, left, bottom, right } }];
    }
    case 'Activation':
      return functionLayer(layer, name);
    case 'ReLU':
      if (config.maxValue !== null && config.maxValue !== undefined) throw notHad(layer);
      return functionLayer(layer, 'relu');
    case 'LeakyReLU':
      return [{ kind: 'activation', name: 'leakyRelu', amount: config.alpha ?? 0.3 }];
    case 'Dropout':
      if (config.noiseShape !== null && config.noiseShape !== undefined) throw notHad(layer);
      return config.rate === 0 ? [] : [{ kind: 'dropout', rate: config.rate ?? 0 }];
    case 'Flatten':
      return [{ kind: 'flatten' }];
    default:
      throw notHad(layer);
  }
}

/** @param usual what is meant where nothing is said */
function pairOf(sides: Sides | undefined, usual: Pair): Pair {
  if (sides === undefined) return usual;
  return sides.length === 1 ? [1, sides[0]] : sides;
}

function notHad(layer: Layer): NotInKernels {
  return new NotInKernels(`its layer ${layer.name} is none of theirs`);
}

function checkConvolution(layer: Layer, { dilationRate, dataFormat, padding }: Config): void {
  const dilations = dilationRate === undefined ? [] : [dilationRate].flat();
  if (dilations.some((rate) => rate !== 1) || dataFormat === 'channelsFirst' || padding === 'causal')
    throw notHad(layer);
}

function depthwiseOf(
  layer: Layer,
  config: Config,
  kernel: tf.Variable | undefined,
  bias: tf.Variable | undefined,
): ChainLayer {
  checkConvolution(layer, config);
  const { padding, depthMultiplier = 1 } = config;
  const [window, strides] = [pairOf(config.kernelSize, [1, 1]), pairOf(config.strides, [1, 1])];
  if (!kernel || depthMultiplier !== 1) throw notHad(layer);
  return { kind: 'depthwise', window, strides, same: padding === 'same', kernel, bias };
}

/** A convolution of each channel and one of each place behind it. */
function readSeparable(layer: Layer, config: Config, name: string): ChainLayer[] {
  const [depthwise, kernel, bias] = layer.weights.map(variableOf);
  if (!kernel) throw notHad(layer);
  const rectified = name === 'relu';
  const outs = kernel.shape.at(-1) ?? 0;
  const one = { window: [1, 1], strides: [1, 1], same: false } as const;
  return [
    depthwiseOf(layer, config, depthwise, undefined),
    { kind: 'convolution', ...one, outs, kernel, bias, rectified },
    ...(rectified ? [] : functionLayer(layer, name)),
  ];
}

function readLayerNormalization(layer: Layer, { axis = -1, epsilon = 1e-3 }: Config): ChainLayer {
  const [gamma, beta] = layer.weights.map(variableOf);
  const [only = NaN, ...others] = [axis].flat();
  const isLast = only === -1 || only === layer.outputShape.length - 1;
  if (!gamma || !beta || others.length > 0 || !isLast) throw notHad(layer);
  return { kind: 'layerNormalization', epsilon, gamma, beta };
}

/** Every place has slopes of its own; ones that places share are not had. */
function readSlopes(layer: Layer): ChainLayer {
  const { kernel } = weightsOf(layer);
  const places = (layer.outputShape as number[]).slice(1).reduce((product, side) => product * side, 1);
  if (kernel.size !== places) throw notHad(layer);
  return { kind: 'prelu', slopes: kernel };
}

function functionLayer(layer: Layer, name: string): ChainLayer[] {
  if (name === 'linear') return [];
  if (!Object.hasOwn(FUNCTIONS, name) || name === 'leakyRelu')
    throw new NotInKernels(`its layer ${layer.name} has a function (${name}) that is none of theirs`);
  return [{ kind: 'activation', name: name as FunctionName, amount: 0 }];
}

function weightsOf(layer: Layer): { kernel: tf.Variable; bias: tf.Variable | undefined; outs: number } {
  const [kernel, bias] = layer.weights.map(variableOf);
  if (!kernel) throw notHad(layer);
  return { kernel, bias, outs: kernel.shape.at(-1) ?? 0 };
}

function readNormalization(layer: Layer, { axis = -1, epsilon = 1e-3, momentum = 0.99 }: Config): ChainLayer {
  const rank = layer.outputShape.length;
  const [gamma, beta, movingMean, movingVariance] = layer.weights.map(variableOf);
  if (!gamma || !beta || !movingMean || !movingVariance || (axis !== -1 && axis !== rank - 1))
    throw notHad(layer);
  return { kind: 'normalization', epsilon, momentum, gamma, beta, movingMean, movingVariance };
}

/** The tensor that a layer's weight is kept in. */
function variableOf(weight: Layer['weights'][number]): tf.Variable {
  return (weight as unknown as { val: tf.Variable }).val;
}

/** What a layer makes of a shape; a flattened picture keeps its own. */
export function shapeBehind(layer: ChainLayer, input: Shape): Shape {
  switch (layer.kind) {
    case 'convolution':
    case 'depthwise':
    case 'pooling': {
      const [down, across] = stepsOf(layer, input);
      return {
        height: down,
        width: across,
        channels: layer.kind === 'convolution' ? layer.outs : input.channels,
      };
    }
    case 'frame': {
      const { top, left, bottom, right } = layer.padding;
      return { ...input, height: top + input.height + bottom, width: left + input.width + right };
    }
    case 'dense':
      return { height: 1, width: 1, channels: layer.outs };
    default:
      return input;
  }
}

/** What moves a window over a picture. */
type Windowed = 'convolution' | 'depthwise' | 'pooling';

/** How often a window fits down and across. */
function stepsOf(layer: ChainLayer & { kind: Windowed }, input: Shape): Pair {
  const [rows, columns] = layer.window ?? [input.height, input.width];
  const steps = (length: number, extent: number, stride: number) =>
    layer.same ? Math.ceil(length / stride) : Math.floor((length - extent) / stride) + 1;
  return [steps(input.height, rows, layer.strides[0]), steps(input.width, columns, layer.strides[1])];
}

/** The zeros that a window needs around its input. */
export function paddingOf(layer: ChainLayer & { kind: Windowed }, input: Shape): Padding {
  if (!layer.same) return NO_PADDING;
  const [rows, columns] = layer.window ?? [input.height, input.width];
  const [down, across] = stepsOf(layer, input);
  const high = Math.max(0, (down - 1) * layer.strides[0] + rows - input.height);
  const wide = Math.max(0, (across - 1) * layer.strides[1] + columns - input.width);
  const [top, left] = [high >> 1, wide >> 1];
  return { top, left, bottom: high - top, right: wide - left };
}

/** @throws NotInKernels where vectors of four do not fit */
function checkShapes(input: Shape, layers: readonly ChainLayer[]): void {
  const [first, second] = layers;
  const begins = first?.kind === 'flatten' ? second?.kind : first?.kind;
  if (begins !== 'convolution' && begins !== 'dense')
    throw new NotInKernels('it begins with neither a convolution nor a dense layer');
  if (begins === 'dense' && (input.height * input.width * input.channels) % 4 !== 0)
    throw new NotInKernels('its input is no multiple of four numbers');
  if (begins === 'dense' && first?.kind === 'dense' && input.height * input.width > 1)
    throw new NotInKernels('it begins with a dense layer on pictures');
  let [shape, flat] = [input, false];
  for (const layer of layers) {
    if (layer.kind === 'add' && layer.behind === 0 && input.channels % 4 !== 0)
      throw new NotInKernels('it adds to an input that is no multiple of four numbers');
    checkShape(layer, shape, flat);
    if (layer.kind === 'flatten') flat = true;
    else shape = shapeBehind(layer, shape);
    if (shape.height < 1 || shape.width < 1) throw new NotInKernels('nothing is left of its shortest lines');
    if (layer.kind === 'dense') flat = false;
  }
}

/** @param flat whether the picture is taken for a list of numbers */
function checkShape(layer: ChainLayer, { height, width, channels }: Shape, flat: boolean): void {
  const picture = height * width > 1;
  if (layer.kind === 'dense' && picture && !flat) throw new NotInKernels('it has a dense layer on pictures');
  if ((layer.kind === 'normalization' || layer.kind === 'layerNormalization') && picture && flat)
    throw new NotInKernels('it normalizes what is flattened');
  if (layer.kind === 'pooling' && layer.window === undefined && height * width >= 65535)
    throw new NotInKernels('its pictures are too large');
  if (layer.kind === 'activation' && /^(sigmoid|softplus)$/.test(layer.name) && channels % 4 !== 0)
    throw new NotInKernels(`it has a ${layer.name} on channels that are no multiple of four`);
}
