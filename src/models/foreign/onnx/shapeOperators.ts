import { elementsOf } from '../../weights';
import { isConstant, type LayerValue, type Operator } from './node';
import type { Translate } from './translate';

/** Operators after which the numbers are what they were. */
const same: Translate = (operator) => operator.layer();

const flatten: Translate = (operator, stack) => {
  const value = operator.layer();
  if (operator.int('axis', 1) !== 1) throw operator.problem('mixes pictures', 'flatten from axis 1 on');
  return value.shape.length === 1 ? value : stack.reshaped(value, [elementsOf(value.shape)]);
};

const reshape: Translate = (operator, stack) => {
  const value = operator.layer();
  return stack.reshaped(value, targetOf(operator, value));
};

/** The shape that a picture's numbers get; the first size is the number of pictures, as it was. */
function targetOf(operator: Operator, { shape }: LayerValue): number[] {
  const [first, ...rest] = operator.numbers(1, 'shape') ?? [];
  const count = elementsOf(shape);
  const copied = rest.map((size, at) => (size === 0 ? (shape[at] ?? 0) : size));
  const known = elementsOf(copied.filter((size) => size > 0));
  const target = copied.map((size) => (size === -1 ? count / known : size));
  // with one picture at a time, the number of pictures may be said as 1 or be what is left
  const isOfOne = first !== undefined && (first <= 1 || rest.length > 0);
  if (
    isOfOne &&
    target.length > 0 &&
    elementsOf(target) === count &&
    target.every((size) => Number.isInteger(size))
  )
    return target;
  throw operator.problem('mixes pictures', 'keep the first dimension, as x.flatten(1) does');
}

const transpose: Translate = (operator, stack) => {
  const value = operator.layer();
  const rank = value.shape.length + 1;
  const order = operator.ints('perm') ?? Array.from({ length: rank }, (_, at) => rank - 1 - at);
  if (order[0] !== 0 || order.length !== rank)
    throw operator.problem('mixes pictures', 'keep the first dimension');
  const shape = order.slice(1).map((from) => value.shape[from - 1] ?? 1);
  // where only the words for the order change
  if (value.channelsLast && order.join() === '0,2,3,1') return { ...value, shape, channelsLast: false };
  if (!value.channelsLast && order.join() === '0,3,1,2') return { ...value, shape, channelsLast: true };
  const ordered = stack.inOrder(value);
  return { ...ordered, shape, layer: stack.add('Permute', { dims: order.slice(1) }, [ordered]) };
};

const squeeze: Translate = (operator, stack) => {
  const value = operator.layer();
  const rank = value.shape.length + 1;
  const axes = operator.numbers(1, 'axes')?.map((axis) => (axis + rank) % rank);
  const shape = value.shape.filter((size, at) => size !== 1 || (axes && !axes.includes(at + 1)));
  if (axes?.includes(0) || shape.length === 0)
    throw operator.problem('mixes pictures', 'keep the first dimension');
  return shape.length === value.shape.length ? value : stack.reshaped(value, shape);
};

const unsqueeze: Translate = (operator, stack) => {
  const value = operator.layer();
  const axes = operator.numbers(1, 'axes') ?? [];
  const rank = value.shape.length + 1 + axes.length;
  const shape: number[] = [];
  const left = [...value.shape];
  const places = axes.map((axis) => (axis + rank) % rank);
  if (places.includes(0)) throw operator.problem('mixes pictures', 'keep the first dimension');
  for (let at = 1; at < rank; at++) shape.push(places.includes(at) ? 1 : (left.shift() ?? 1));
  return stack.reshaped(value, shape);
};

const concat: Translate = (operator, stack) => {
  const given = operator.inputs.map((value, at) => {
    if (!value || isConstant(value))
      throw operator.problem('joins weights to a picture', 'take another network');
    return operator.layer(at);
  });
  const isOfChannels = given.some(({ channelsLast }) => channelsLast);
  const values = isOfChannels ? given.map((value) => stack.channelsLast(value)) : given;
  const [first] = values;
  const rank = (first?.shape.length ?? 0) + 1;
  const axis = (operator.int('axis', 1) + rank) % rank;
  if (!first || axis === 0) throw operator.problem('mixes pictures', 'join along another axis');
  const shape = first.shape.map((size, at) =>
    at + 1 === axis ? values.reduce((sum, each) => sum + (each.shape[at] ?? 0), 0) : size,
  );
  const stored = isOfChannels
    ? [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, at) => at + 1)][axis]
    : axis;
  const [only] = values.length === 1 ? values : [];
  return (
    only ?? {
      ...first,
      shape,
      layer: stack.add('Concatenate', { axis: stored }, values),
      positive: values.every((each) => each.positive === true),
    }
  );
};

/** Operators that put the same numbers in another order. */
export const SHAPE_OPERATORS: Readonly<Record<string, Translate>> = {
  Identity: same,
  Dropout: same,
  Cast: same,
  Flatten: flatten,
  Reshape: reshape,
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Concat: concat,
};
