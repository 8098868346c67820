import { largestOf } from '../../../base/vectors';
import { permuted } from '../../onnx/permuted';
import { elementsOf } from '../../weights';
import { isConstant, type Operator } from './node';
import type { NumberBudget } from './numberBudget';
import { readTensor, type Constant } from './tensor';

/**
 * What an operator makes of numbers that are known before there is a picture, as exporters compute shapes.
 *
 * @param pictures at once, as shapes say it
 * @param budget of all numbers that are known
 * @returns undefined where it needs the picture
 */
export async function foldedConstant(
  operator: Operator,
  pictures: number,
  folder: string,
  budget: NumberBudget,
): Promise<Constant | undefined> {
  if (operator.kind === 'Constant') return constantOf(operator, folder, budget);
  if (operator.kind === 'Shape') {
    const value = operator.input();
    const shape = isConstant(value) ? value.shape : [pictures, ...value.shape];
    const whole = shape.slice(operator.int('start', 0), operator.int('end', shape.length));
    return { shape: [whole.length], values: whole };
  }
  const inputs = operator.inputs.filter((value) => value !== undefined);
  if (inputs.length === 0 || !inputs.every((value) => isConstant(value))) return undefined;
  const fold = FOLDS.get(operator.kind);
  if (!fold) return undefined;
  // as many as it may make: those that it joins, or those of the largest
  const counts = inputs.map(({ values }) => values.length);
  if (fold !== same)
    budget.take(fold === joined ? counts.reduce((sum, count) => sum + count, 0) : largestOf(counts));
  return fold(operator, inputs);
}

async function constantOf(operator: Operator, folder: string, budget: NumberBudget): Promise<Constant> {
  const tensor = operator.attribute('value')?.t;
  if (tensor) return readTensor(tensor, folder, budget);
  const ints = operator.attribute('value_ints')?.ints ?? operator.attribute('value_floats')?.floats;
  if (ints) return { shape: [ints.length], values: ints };
  const single = operator.int('value_int', operator.float('value_float', undefined));
  if (single === undefined) throw operator.problem('holds no numbers', 'export the model again');
  return { shape: [], values: [single] };
}

type Fold = (operator: Operator, inputs: readonly Constant[]) => Constant | undefined;

const reshaped: Fold = (operator, [first]) => {
  if (!first) return undefined;
  const { values } = first;
  const target = operator.numbers(1, 'shape') ?? [];
  const known = elementsOf(target.filter((size) => size > 0));
  return { shape: target.map((size) => (size === -1 ? values.length / known : size)), values };
};

const gathered: Fold = (operator, [from, at]) => {
  if (!from || !at || from.shape.length > 1 || operator.int('axis', 0) !== 0) return undefined;
  const { length } = from.values;
  const values = new Float64Array(at.values.length);
  for (let index = 0; index < values.length; index++)
    values[index] = from.values[((at.values[index] ?? 0) + length) % length] ?? 0;
  return { shape: at.shape, values };
};

const joined: Fold = (_, inputs) => {
  if (inputs.some(({ shape }) => shape.length > 1)) return undefined;
  const length = inputs.reduce((sum, { values }) => sum + values.length, 0);
  const isSingle = inputs.every(({ values }) => values instanceof Float32Array);
  const values = isSingle ? new Float32Array(length) : new Float64Array(length);
  let offset = 0;
  for (const each of inputs) {
    values.set(each.values, offset);
    offset += each.values.length;
  }
  return { shape: [length], values };
};

const sliced: Fold = (operator, [from]) => {
  const [start = 0] = operator.numbers(1, 'starts') ?? [];
  const [end] = operator.numbers(2, 'ends') ?? [];
  if (from?.shape.length !== 1 || (operator.inputs[4] && operator.constant(4).values[0] !== 1))
    return undefined;
  const values = Array.from(from.values).slice(start, end);
  return { shape: [values.length], values };
};

const turned: Fold = (operator, [first]) => {
  const [rows, columns] = first?.shape ?? [];
  if (!first || rows === undefined || columns === undefined || first.shape.length !== 2) return undefined;
  if (operator.ints('perm')?.join() === '0,1') return first;
  return { shape: [columns, rows], values: permuted(first.values, first.shape, [1, 0]) };
};

function computed(compute: (a: number, b: number) => number): Fold {
  return (_, [a, b]) => {
    if (!a || !b || (b.values.length !== 1 && a.values.length !== 1 && a.values.length !== b.values.length))
      return undefined;
    const longer = a.values.length >= b.values.length ? a : b;
    const at = ({ values }: Constant, index: number) => values[values.length === 1 ? 0 : index] ?? 0;
    const values = new Float64Array(longer.values.length);
    for (let index = 0; index < values.length; index++) values[index] = compute(at(a, index), at(b, index));
    return { shape: longer.shape, values };
  };
}

const same: Fold = (_, [first]) => first;

const FOLDS: ReadonlyMap<string, Fold> = new Map([
  ['Identity', same],
  ['Cast', same],
  ['Reshape', reshaped],
  ['Flatten', same],
  [
    'Squeeze',
    (_, [first]) => first && { shape: first.shape.filter((size) => size !== 1), values: first.values },
  ],
  [
    'Unsqueeze',
    (_, [first]) =>
      first && { shape: first.values.length === 1 ? [1] : [1, ...first.shape], values: first.values },
  ],
  ['Gather', gathered],
  ['Concat', joined],
  ['Slice', sliced],
  ['Transpose', turned],
  ['Add', computed((a, b) => a + b)],
  ['Sub', computed((a, b) => a - b)],
  ['Mul', computed((a, b) => a * b)],
  ['Div', computed((a, b) => a / b)],
]);
