import * as z from 'zod';

const positive = z.number().int().min(1).max(4096);
const padding = z.enum(['valid', 'same']).optional();
const activation = z.enum(['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'tanh', 'softplus']);
const pooling = { poolSize: positive.optional(), strides: positive.optional(), padding };

/** Layers that have one input. */
const PLAIN = [
  z.strictObject({
    type: z.literal('conv1d'),
    filters: positive,
    kernelSize: positive,
    strides: positive.optional(),
    padding,
    activation: activation.optional(),
    useBias: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('maxPooling1d'), ...pooling }),
  z.strictObject({ type: z.literal('averagePooling1d'), ...pooling }),
  z.strictObject({
    type: z.literal('batchNormalization'),
    momentum: z.number().min(0).lt(1).optional(),
    epsilon: z.number().positive().optional(),
  }),
  z.strictObject({ type: z.literal('layerNormalization'), epsilon: z.number().positive().optional() }),
  z.strictObject({ type: z.literal('activation'), activation }),
  z.strictObject({ type: z.literal('dropout'), rate: z.number().min(0).lt(1) }),
] as const;

const plainLayerSchema = z.discriminatedUnion('type', PLAIN);
export type PlainLineLayer = z.infer<typeof plainLayerSchema>;

/** Layers whose result is added to what the first of them was given (He et al. 2016). */
const residualSchema = z.strictObject({
  type: z.literal('residual'),
  layers: z.array(plainLayerSchema).min(1).max(20),
});

export const lineLayerSchema = z.discriminatedUnion('type', [...PLAIN, residualSchema]);
export type LineLayer = z.infer<typeof lineLayerSchema>;

/**
 * An architecture that reads lines, without weights, as in a `*.scrawlnet.json` file. The layer that gives one number a
 * class and frame is not in it: it follows from the dataset.
 */
export const lineNetworkSchema = z.strictObject({
  name: z.string().min(1).max(100),
  /** Any number of points, and the numbers of each. */
  input: z.tuple([z.null(), positive]),
  layers: z.array(lineLayerSchema).max(200),
});
export type LineNetwork = z.infer<typeof lineNetworkSchema>;

/** What a network makes of points. */
export interface LineVerification {
  /** Points a frame. */
  readonly stride: number;
  /** Numbers a frame, before the last layer. */
  readonly channels: number;
  /** Points that a frame is read from. */
  readonly field: number;
  /** Weights, those that training does not change and those of the last layer included. */
  readonly parameters: number;
  /** Why the network cannot work, as a sentence. */
  readonly problem?: string | undefined;
}

/** What the layers so far make of points. */
interface State {
  stride: number;
  channels: number;
  field: number;
  parameters: number;
}

/**
 * Computes what a network makes of points, without making it.
 *
 * @param classes of the last layer, the blank included
 */
export function verifyLineNetwork({ input, layers }: LineNetwork, classes: number): LineVerification {
  const state: State = { stride: 1, channels: input[1], field: 1, parameters: 0 };
  for (const [index, layer] of layers.entries()) {
    if (layer.type !== 'residual') {
      add(state, layer);
      continue;
    }
    const { stride, channels } = state;
    for (const inner of layer.layers) add(state, inner);
    if (state.stride === stride && state.channels === channels) continue;
    const problem =
      `Layer ${index + 1} adds its result to its input, but gives another number of frames or channels: ` +
      'take stride 1 and as many filters in its last convolution as come in.';
    return { ...state, problem };
  }
  return { ...state, parameters: state.parameters + (state.channels + 1) * classes };
}

function add(state: State, layer: PlainLineLayer): void {
  switch (layer.type) {
    case 'conv1d': {
      const weights = layer.kernelSize * state.channels * layer.filters;
      state.parameters += weights + (layer.useBias === false ? 0 : layer.filters);
      state.channels = layer.filters;
      slide(state, layer.kernelSize, layer.strides ?? 1);
      break;
    }
    case 'maxPooling1d':
    case 'averagePooling1d': {
      const size = layer.poolSize ?? 2;
      slide(state, size, layer.strides ?? size);
      break;
    }
    case 'batchNormalization':
      state.parameters += 4 * state.channels;
      break;
    case 'layerNormalization':
      state.parameters += 2 * state.channels;
      break;
    case 'activation':
    case 'dropout':
      break;
  }
}

function slide(state: State, size: number, stride: number): void {
  state.field += (size - 1) * state.stride;
  state.stride *= stride;
}

/** Whether a network reads lines. */
export function isLineNetwork(network: { readonly input: readonly unknown[] }): network is LineNetwork {
  return network.input.length === 2 && network.input[0] === null;
}
