import { ModelError } from '../errors';

/** The arrays that a layer learns, in the order in which Keras keeps them; a fixed list, or as the layer is set. */
type Variables = (config: Readonly<Record<string, unknown>>) => readonly string[];

const withBias =
  (...kernels: string[]): Variables =>
  ({ use_bias }) =>
    use_bias === false ? kernels : [...kernels, 'bias'];
const scaled: Variables = ({ scale, center }) => [
  ...(scale === false ? [] : ['gamma']),
  ...(center === false ? [] : ['beta']),
];

const VARIABLES = new Map<string, Variables>([
  ['Dense', withBias('kernel')],
  ['Conv1D', withBias('kernel')],
  ['Conv2D', withBias('kernel')],
  ['Conv2DTranspose', withBias('kernel')],
  ['DepthwiseConv2D', withBias('depthwise_kernel')],
  ['SeparableConv2D', withBias('depthwise_kernel', 'pointwise_kernel')],
  ['BatchNormalization', (config) => [...scaled(config), 'moving_mean', 'moving_variance']],
  ['LayerNormalization', scaled],
  ['Normalization', () => ['mean', 'variance', 'count']],
  ['PReLU', () => ['alpha']],
  ['Embedding', () => ['embeddings']],
]);

/** The names of the arrays that a layer keeps, in their order; none where Scrawl does not know the layer. */
export function variableNames(kind: string, config: Readonly<Record<string, unknown>>): readonly string[] {
  return VARIABLES.get(kind)?.(config) ?? [];
}

/**
 * The name of an array that a layer keeps under a running number.
 *
 * @throws ModelError where Scrawl does not know the layer's arrays
 */
export function variableName(
  kind: string,
  config: Readonly<Record<string, unknown>>,
  index: number,
  layer: string,
): string {
  const name = variableNames(kind, config)[index];
  if (name !== undefined) return name;
  throw new ModelError(
    `The weights of the layer "${layer}" (a ${kind}) are none that Scrawl knows: build the model without it, and save it again.`,
  );
}
