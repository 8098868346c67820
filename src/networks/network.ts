import * as z from 'zod';
import { UserError } from '../base/userError';

const positive = z.number().int().min(1).max(4096);
const pair = z.union([positive, z.tuple([positive, positive])]);
const activation = z.enum([
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'sigmoid',
  'tanh',
  'softmax',
  'softplus',
]);
const convolution = {
  kernelSize: pair,
  strides: pair.optional(),
  padding: z.enum(['valid', 'same']).optional(),
  activation: activation.optional(),
  useBias: z.boolean().optional(),
};
const pooling = {
  poolSize: pair.optional(),
  strides: pair.optional(),
  padding: z.enum(['valid', 'same']).optional(),
};
const rate = z.number().min(0).lt(1);

/** A layer with its parameters in Keras' names. */
export const layerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('conv2d'), filters: positive, ...convolution }),
  z.strictObject({
    type: z.literal('depthwiseConv2d'),
    depthMultiplier: positive.optional(),
    ...convolution,
  }),
  z.strictObject({ type: z.literal('separableConv2d'), filters: positive, ...convolution }),
  z.strictObject({ type: z.literal('maxPooling2d'), ...pooling }),
  z.strictObject({ type: z.literal('averagePooling2d'), ...pooling }),
  z.strictObject({ type: z.literal('globalMaxPooling2d') }),
  z.strictObject({ type: z.literal('globalAveragePooling2d') }),
  z.strictObject({ type: z.literal('zeroPadding2d'), padding: pair }),
  z.strictObject({
    type: z.literal('batchNormalization'),
    momentum: rate.optional(),
    epsilon: z.number().positive().optional(),
  }),
  z.strictObject({ type: z.literal('layerNormalization'), epsilon: z.number().positive().optional() }),
  z.strictObject({ type: z.literal('activation'), activation }),
  z.strictObject({ type: z.literal('leakyReLU'), alpha: z.number().min(0).optional() }),
  z.strictObject({ type: z.literal('prelu') }),
  z.strictObject({ type: z.literal('dropout'), rate }),
  z.strictObject({ type: z.literal('flatten') }),
  z.strictObject({
    type: z.literal('dense'),
    units: positive,
    activation: activation.optional(),
    useBias: z.boolean().optional(),
  }),
]);
export type Layer = z.infer<typeof layerSchema>;

/**
 * An architecture without weights, as in a `*.scrawlnet.json` file. The layer that gives one probability a class is
 * not in it: it follows from the dataset.
 */
export const networkSchema = z.strictObject({
  name: z.string().min(1).max(100),
  /** Height, width and channels of one sample. */
  input: z.tuple([positive.max(1024), positive.max(1024), z.number().int().min(1).max(4)]),
  layers: z.array(layerSchema).max(200),
});
export type Network = z.infer<typeof networkSchema>;

/** A network file that cannot be used. */
export class NetworkError extends UserError {
  override readonly name = 'NetworkError';
}

/**
 * Reads the text of a network file.
 *
 * @throws NetworkError that names the first layer and parameter which is wrong
 */
export function parseNetwork(text: string): Network {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new NetworkError('The network file is not JSON: check its brackets and commas.', { cause });
  }
  const parsed = networkSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join('.') ?? '';
  throw new NetworkError(`The network file is wrong at "${where}": ${issue?.message ?? 'unknown'}.`);
}
