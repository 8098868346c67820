import { permuted } from '../../onnx/permuted';
import { elementsOf } from '../../weights';
import type { LayerStack } from './layerStack';
import { isConstant, type LayerValue, type Operator } from './node';
import { PICTURE_OPERATORS } from './pictureOperators';
import { SHAPE_OPERATORS } from './shapeOperators';
import type { Constant } from './tensor';
import type { Translate } from './translate';

const POSITIVE = new Set(['relu', 'relu6', 'sigmoid', 'softplus', 'softmax']);

function activation(name: string): Translate {
  return (operator, stack) =>
    stack.behind(
      operator.layer(),
      'Activation',
      { activation: name },
      { positive: POSITIVE.has(name), ending: 'other' },
    );
}

/** The numbers held within bounds, of which one may be left out. */
function clipped(
  stack: LayerStack,
  value: LayerValue,
  least: number | undefined,
  most: number | undefined,
): LayerValue {
  if (least === undefined) {
    if (most === undefined) return value;
    const turned = clipped(stack, stack.rescaled(value, -1, 0), -most, undefined);
    return stack.rescaled(turned, -1, 0);
  }
  const config = most === undefined ? {} : { max_value: most - least };
  if (least === 0) return stack.behind(value, 'ReLU', config, { positive: true, ending: 'other' });
  const moved = stack.behind(stack.rescaled(value, 1, -least), 'ReLU', config);
  return stack.rescaled(moved, 1, least, { positive: least >= 0, ending: 'other' });
}

const clip: Translate = (operator, stack) => {
  const bound = (at: number, name: string) =>
    operator.inputs[at] ? operator.constant(at).values[0] : operator.float(name, undefined);
  const finite = (value: number | undefined) =>
    value !== undefined && Math.abs(value) < 1e30 ? value : undefined;
  return clipped(stack, operator.layer(), finite(bound(1, 'min')), finite(bound(2, 'max')));
};

function hardSigmoid(stack: LayerStack, value: LayerValue, alpha: number, beta: number): LayerValue {
  return clipped(stack, stack.rescaled(value, alpha, beta), 0, 1);
}

const hardSwish: Translate = (operator, stack) => {
  const value = operator.layer();
  const gate = hardSigmoid(stack, value, 1 / 6, 0.5);
  return { ...value, positive: false, ending: 'other', layer: stack.add('Multiply', {}, [value, gate]) };
};

/** TensorFlow.js has it for an alpha of 1: what is below 0 is taken apart, and scaled. */
const elu: Translate = (operator, stack) => {
  const alpha = operator.float('alpha', 1);
  if (alpha === 1) return activation('elu')(operator, stack);
  const value = operator.layer();
  const below = clipped(stack, stack.rescaled(activation('elu')(operator, stack), -1, 0), 0, undefined);
  const above = clipped(stack, value, 0, undefined);
  const layer = stack.add('Add', {}, [above, stack.rescaled(below, -alpha, 0)]);
  return { ...value, positive: false, ending: 'other', layer };
};

/** Klambauer et al. 2017. */
const [SELU_ALPHA, SELU_GAMMA] = [1.6732632, 1.050701];

const selu: Translate = (operator, stack) => {
  const off = Math.max(
    Math.abs(operator.float('alpha', SELU_ALPHA) - SELU_ALPHA),
    Math.abs(operator.float('gamma', SELU_GAMMA) - SELU_GAMMA),
  );
  if (off > 1e-5) throw operator.problem('has other numbers than SELU', 'take Elu');
  return activation('selu')(operator, stack);
};

/** The sizes of weights that are spread over a value, one for each dimension; of old models one a channel. */
function spread(operator: Operator, { shape }: LayerValue, { shape: own, values }: Constant): number[] {
  const [channels = 1, ...places] = shape;
  const ofChannels = [channels, ...places.map(() => 1)];
  if (operator.opset < 7 && values.length === channels) return ofChannels;
  const sizes = [...shape.map(() => 1), ...own].slice(-shape.length);
  if (elementsOf(sizes) === values.length && sizes.every((size, at) => size === 1 || size === shape[at]))
    return sizes;
  if (values.length === channels) return ofChannels;
  throw operator.problem('has weights of another shape than what it takes', 'export the model again');
}

const prelu: Translate = (operator, stack) => {
  const value = operator.layer();
  const slope = operator.constant(1);
  const sizes = spread(operator, value, slope);
  const order = value.channelsLast ? [1, 2, 0] : sizes.map((_, at) => at);
  const shape = order.map((from) => sizes[from] ?? 1);
  const shared = shape.flatMap((size, at) => (size === 1 ? [at + 1] : []));
  const alpha = { shape, values: permuted(slope.values, sizes, order) };
  const layer = stack.add('PReLU', { shared_axes: shared }, [value], { alpha });
  return { ...value, positive: false, ending: 'other', layer };
};

const softmax: Translate = (operator, stack) => {
  const { shape, channelsLast } = operator.layer();
  const rank = shape.length + 1;
  const axis = (operator.int('axis', operator.opset < 13 ? 1 : -1) + rank) % rank;
  const isLast = channelsLast ? axis === 1 : axis === rank - 1;
  if (!isLast && !(axis === 1 && elementsOf(shape) === shape[0]))
    throw operator.problem('goes over another axis than the classes', 'take the last axis');
  const ending = operator.kind === 'Softmax' ? 'probabilities' : 'logarithms';
  const value = isLast ? operator.layer() : stack.reshaped(operator.layer(), [elementsOf(shape)]);
  return stack.behind(value, 'Activation', { activation: 'softmax' }, { positive: true, ending });
};

const gemm: Translate = (operator, stack) => {
  if (operator.int('transA', 0) === 1) throw operator.problem('mixes pictures', 'take another network');
  const { shape, values } = operator.constant(1);
  const alpha = operator.float('alpha', 1);
  const isTurned = operator.int('transB', 0) === 1;
  const [inputs = 0, units = 0] = isTurned ? [shape[1], shape[0]] : shape;
  const kernel = Float32Array.from({ length: inputs * units }, (_, at) => {
    const from = isTurned ? (at % units) * inputs + Math.floor(at / units) : at;
    return alpha * (values[from] ?? 0);
  });
  const beta = operator.float('beta', 1);
  const added = operator.inputs[2] && operator.constant(2).values;
  const bias =
    added &&
    Float32Array.from({ length: units }, (_, at) => beta * (added[added.length === 1 ? 0 : at] ?? 0));
  return dense(operator, stack, { shape: [inputs, units], values: kernel }, bias);
};

const matMul: Translate = (operator, stack) => {
  const { shape, values } = operator.constant(1);
  return dense(operator, stack, { shape, values: Float32Array.from(values) }, undefined);
};

function dense(
  operator: Operator,
  stack: LayerStack,
  kernel: { shape: readonly number[]; values: Float32Array },
  bias: Float32Array | undefined,
): LayerValue {
  const value = stack.inOrder(operator.layer());
  const [inputs, units = 0] = kernel.shape;
  if (kernel.shape.length !== 2 || value.shape.at(-1) !== inputs)
    throw operator.problem('has weights of another shape than what it takes', 'export the model again');
  const layer = stack.add('Dense', { units, activation: 'linear', use_bias: bias !== undefined }, [value], {
    kernel,
    ...(bias && { bias: { shape: [units], values: bias } }),
  });
  return { layer, shape: [...value.shape.slice(0, -1), units], channelsLast: false };
}

const batchNormalization: Translate = (operator, stack) => {
  const value = stack.channelsLast(operator.layer());
  const weight = (at: number) => {
    const { values } = operator.constant(at);
    return { shape: [values.length], values: Float32Array.from(values) };
  };
  const layer = stack.add(
    'BatchNormalization',
    { axis: -1, epsilon: operator.float('epsilon', 1e-5) },
    [value],
    {
      gamma: weight(1),
      beta: weight(2),
      moving_mean: weight(3),
      moving_variance: weight(4),
    },
  );
  return { layer, shape: value.shape, channelsLast: value.channelsLast };
};

/** Of each picture by itself, over its last dimensions (Ba et al. 2016). */
const layerNormalization: Translate = (operator, stack) => {
  const value = stack.inOrder(operator.layer());
  const rank = value.shape.length + 1;
  const first = (operator.int('axis', -1) + rank) % rank;
  const shape = value.shape.slice(first - 1);
  if (!(first > 0)) throw operator.problem('mixes pictures', 'normalize from the second dimension on');
  const weight = (at: number) => {
    const { values } = operator.constant(at);
    if (values.length === elementsOf(shape)) return { shape, values: Float32Array.from(values) };
    throw operator.problem('has weights of another shape than what it takes', 'export the model again');
  };
  const axes = shape.map((_, at) => first + at);
  const offset = operator.inputs[2] && weight(2);
  const config = { axis: axes, epsilon: operator.float('epsilon', 1e-5), center: offset !== undefined };
  const weights = { gamma: weight(1), ...(offset && { beta: offset }) };
  const layer = stack.add('LayerNormalization', config, [value], weights);
  return { layer, shape: value.shape, channelsLast: value.channelsLast };
};

/** `scale` times the numbers, and `offset`, of each channel its own: a normalization by known figures. */
function affine(stack: LayerStack, value: LayerValue, scale: Float32Array, offset: Float32Array): LayerValue {
  const shape = [scale.length];
  const layer = stack.add('BatchNormalization', { axis: -1, epsilon: 1e-14 }, [value], {
    gamma: { shape, values: scale },
    beta: { shape, values: offset },
    moving_mean: { shape, values: new Float32Array(scale.length) },
    moving_variance: { shape, values: new Float32Array(scale.length).fill(1) },
  });
  return { layer, shape: value.shape, channelsLast: value.channelsLast };
}

/** What an operator of arithmetic does with a known number: times the first, plus the second. */
type Steps = (known: number) => readonly [scale: number, offset: number];

/** With weights on the right, and on the left. */
const STEPS: Readonly<Record<string, { right: Steps; left?: Steps }>> = {
  Add: { right: (known) => [1, known], left: (known) => [1, known] },
  Sub: { right: (known) => [1, -known], left: (known) => [-1, known] },
  Mul: { right: (known) => [known, 0], left: (known) => [known, 0] },
  Div: { right: (known) => [1 / known, 0] },
};

const arithmetic: Translate = (operator, stack) => {
  const [a, b] = [operator.input(0), operator.input(1)];
  if (!isConstant(a) && !isConstant(b)) return ofTwo(operator, stack);
  const [value, known] = isConstant(a) ? [operator.layer(1), a] : [operator.layer(0), operator.constant(1)];
  const steps = isConstant(a) ? STEPS[operator.kind]?.left : STEPS[operator.kind]?.right;
  if (!steps) throw operator.problem('divides by what follows from the picture', 'take another network');
  const pairs = Array.from(known.values, steps);
  const [first] = pairs;
  if (first && pairs.length === 1) return stack.rescaled(value, first[0], first[1]);
  const input = channelled(operator, stack, value, known);
  return affine(
    stack,
    input,
    Float32Array.from(pairs, ([scale]) => scale),
    Float32Array.from(pairs, ([, offset]) => offset),
  );
};

/** What takes one known number a channel, with its channels last. */
function channelled(
  operator: Operator,
  stack: LayerStack,
  value: LayerValue,
  { shape, values }: Constant,
): LayerValue {
  const behind = value.shape.length + 1 - shape.length;
  const axis = shape.findIndex((size) => size !== 1) + behind;
  const picture = axis === 1 && value.shape.length === 3 ? stack.channelsLast(value) : stack.inOrder(value);
  const last = picture.channelsLast ? 1 : picture.shape.length;
  if (
    behind >= 0 &&
    axis === last &&
    shape.filter((size) => size !== 1).length === 1 &&
    values.length === picture.shape[axis - 1]
  )
    return picture;
  throw operator.problem('has a weight for every place of a picture', 'take one a channel');
}

function ofTwo(operator: Operator, stack: LayerStack): LayerValue {
  const given = [operator.layer(0), operator.layer(1)] as const;
  const [a, b] =
    given[0].channelsLast || given[1].channelsLast
      ? [stack.channelsLast(given[0]), stack.channelsLast(given[1])]
      : given;
  const shape = a.shape.map((size, at) => Math.max(size, b.shape[at] ?? 1));
  const fits =
    a.shape.length === b.shape.length &&
    [a, b].every((each) => each.shape.every((size, at) => size === 1 || size === shape[at]));
  const kind = TWO[operator.kind];
  if (!kind || !fits)
    throw operator.problem('joins two branches in a way that Scrawl does not', 'take Add, Mul or Concat');
  const second = operator.kind === 'Sub' ? stack.rescaled(b, -1, 0) : b;
  const positive = operator.kind !== 'Sub' && a.positive === true && b.positive === true;
  return { layer: stack.add(kind, {}, [a, second]), shape, channelsLast: a.channelsLast, positive };
}

const TWO: Readonly<Record<string, string>> = {
  Add: 'Add',
  Sub: 'Add',
  Mul: 'Multiply',
  Max: 'Maximum',
  Min: 'Minimum',
};

/** All operators that Scrawl has layers for; each is looked up by its own name only. */
export const OPERATORS: ReadonlyMap<string, Translate> = new Map<string, Translate>([
  ...Object.entries(PICTURE_OPERATORS),
  ...Object.entries(SHAPE_OPERATORS),
  ...(['Relu', 'Sigmoid', 'Tanh', 'Softplus', 'Softsign'] as const).map(
    (kind) => [kind, activation(kind.toLowerCase())] as const,
  ),
  ...(['Add', 'Sub', 'Mul', 'Div'] as const).map((kind) => [kind, arithmetic] as const),
  ['Max', ofTwo],
  ['Min', ofTwo],
  [
    'Sum',
    (operator, stack) => {
      const values = operator.inputs.map((_, at) => stack.channelsLast(operator.layer(at)));
      const [first = operator.layer()] = values;
      return {
        ...first,
        ending: 'other',
        layer: values.length > 1 ? stack.add('Add', {}, values) : first.layer,
      };
    },
  ],
  [
    'LeakyRelu',
    (operator, stack) =>
      stack.behind(
        operator.layer(),
        'LeakyReLU',
        { alpha: operator.float('alpha', 0.01) },
        { ending: 'other' },
      ),
  ],
  ['Elu', elu],
  ['Selu', selu],
  ['PRelu', prelu],
  [
    'HardSigmoid',
    (operator, stack) =>
      hardSigmoid(stack, operator.layer(), operator.float('alpha', 0.2), operator.float('beta', 0.5)),
  ],
  ['Neg', (operator, stack) => stack.rescaled(operator.layer(), -1, 0)],
  ['HardSwish', hardSwish],
  ['Clip', clip],
  ['Softmax', softmax],
  ['LogSoftmax', softmax],
  ['Gemm', gemm],
  ['MatMul', matMul],
  ['BatchNormalization', batchNormalization],
  ['LayerNormalization', layerNormalization],
]);
