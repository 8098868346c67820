import { elementsOf } from '../weights';
import type { ExportedLayer, Pair, Shape } from './exportedLayer';

type ShapeAfter = (layer: ExportedLayer) => Shape;

/**
 * What a layer gives for one picture, as Keras computes it.
 *
 * @throws ModelError where the layer is none that exports know
 */
export function shapeAfter(layer: ExportedLayer): Shape {
  const after = SHAPES.get(layer.kind);
  if (!after) throw layer.unsupported();
  return after(layer);
}

const same: ShapeAfter = ({ input }) => input;

const taken: ShapeAfter = (layer) => {
  const { config } = layer;
  const whole: unknown = config['batch_input_shape'] ?? config['batch_shape'];
  const shape = Array.isArray(whole) ? (whole as unknown[]).slice(1) : [];
  if (shape.length > 0 && shape.every((size): size is number => Number.isInteger(size))) return shape;
  throw layer.problem('does not say the size of its picture', 'train or import the model again');
};

/** The sides behind a window that moves over a picture. */
function windowed(layer: ExportedLayer, kernel: Pair, strides: Pair): [number, number] {
  const [height, width] = layer.picture;
  const dilations = layer.pair('dilation_rate');
  const [down, across] = ([0, 1] as const).map((at) => {
    const side = [height, width][at] ?? 1;
    const reach = layer.text('padding') === 'same' ? 1 : (kernel[at] - 1) * dilations[at] + 1;
    return Math.floor((side - reach) / strides[at]) + 1;
  });
  return [down ?? 1, across ?? 1];
}

const convolved =
  (filters: ShapeAfter): ShapeAfter =>
  (layer) => [...windowed(layer, layer.pair('kernel_size'), layer.pair('strides')), ...filters(layer)];

const pooled: ShapeAfter = (layer) => {
  const [, , channels] = layer.picture;
  const size = layer.pair('pool_size');
  return [...windowed(layer, size, layer.config['strides'] == null ? size : layer.pair('strides')), channels];
};

const enlarged: ShapeAfter = (layer) => {
  const [height, width] = layer.picture;
  const [kernel, strides] = [layer.pair('kernel_size'), layer.pair('strides')];
  const more = (at: 0 | 1) => (layer.text('padding') === 'same' ? 0 : Math.max(0, kernel[at] - strides[at]));
  return [height * strides[0] + more(0), width * strides[1] + more(1), layer.number('filters')];
};

const resized =
  (key: string, sign: 1 | -1): ShapeAfter =>
  (layer) => {
    const [height, width, channels] = layer.picture;
    const [[top, bottom], [left, right]] = layer.sides(key);
    return [height + sign * (top + bottom), width + sign * (left + right), channels];
  };

const reshaped: ShapeAfter = (layer) => {
  const target = layer.numbers('target_shape');
  const known = elementsOf(target.filter((size) => size > 0));
  return target.map((size) => (size < 0 ? elementsOf(layer.input) / known : size));
};

const joined: ShapeAfter = (layer) => {
  const axis = layer.number('axis');
  const at = axis < 0 ? layer.input.length + axis : axis - 1;
  return layer.input.map((size, place) =>
    place === at ? layer.from.reduce((sum, shape) => sum + (shape[at] ?? 0), 0) : size,
  );
};

const together: ShapeAfter = ({ from, input }) =>
  input.map((_, at) => Math.max(...from.map((shape) => shape[at] ?? 1)));

const filters: ShapeAfter = (layer) => [layer.number('filters')];

const SHAPES: ReadonlyMap<string, ShapeAfter> = new Map([
  ['InputLayer', taken],
  ['Conv2D', convolved(filters)],
  ['SeparableConv2D', convolved(filters)],
  ['DepthwiseConv2D', convolved((layer) => [layer.picture[2] * (layer.optional('depth_multiplier') ?? 1)])],
  ['Conv2DTranspose', enlarged],
  ['MaxPooling2D', pooled],
  ['AveragePooling2D', pooled],
  ['GlobalMaxPooling2D', (layer) => [layer.picture[2]]],
  ['GlobalAveragePooling2D', (layer) => [layer.picture[2]]],
  ['ZeroPadding2D', resized('padding', 1)],
  ['Cropping2D', resized('cropping', -1)],
  ['Flatten', ({ input }) => [elementsOf(input)]],
  ['Reshape', reshaped],
  ['Permute', (layer) => layer.numbers('dims').map((from) => layer.input[from - 1] ?? 1)],
  ['Dense', (layer) => [...layer.input.slice(0, -1), layer.number('units')]],
  ['Concatenate', joined],
  ...['Add', 'Multiply', 'Average', 'Maximum', 'Minimum'].map((kind) => [kind, together] as const),
  ...[
    ...['BatchNormalization', 'LayerNormalization', 'Activation', 'LeakyReLU', 'PReLU', 'ReLU', 'Softmax'],
    ...['Dropout', 'GaussianDropout', 'GaussianNoise', 'Rescaling'],
  ].map((kind) => [kind, same] as const),
]);
