import { ModelError } from '../../errors';
import type { StoredLayers } from '../../layersFolder';
import {
  decodeOnnx,
  ONNX_TYPE,
  type OnnxGraph,
  type OnnxModel,
  type OnnxValueInfo,
} from '../../onnx/messages';
import { elementsOf } from '../../weights';
import { storedLayers } from '../storedLayers';
import { foldedConstant } from './folding';
import { LayerStack } from './layerStack';
import { isConstant, Operator, type LayerValue, type Value } from './node';
import { NumberBudget } from './numberBudget';
import { OPERATORS } from './operators';
import { SHAPE_OPERATORS } from './shapeOperators';
import { readTensor } from './tensor';

const MOST_NODES = 10_000;
const BYTE = 255;
const WHOLE_NUMBERS: readonly number[] = [ONNX_TYPE.uint8, ONNX_TYPE.int8, ONNX_TYPE.int32, ONNX_TYPE.int64];

/**
 * The layers of an ONNX model, whose operators become layers, with the channels of pictures last.
 *
 * @param folder where it lies, for weights in files beside it
 * @param file names it in messages
 * @throws ModelError that names the operator which Scrawl has no layer for, and says what to do
 */
export async function onnxLayers(bytes: Uint8Array, folder: string, file: string): Promise<StoredLayers> {
  const { graph, opsetImport = [] } = decoded(bytes, file);
  const opset = opsetImport.find(({ domain = '' }) => domain === '' || domain === 'ai.onnx')?.version ?? 1;
  const stack = new LayerStack();
  const budget = new NumberBudget();
  const values = new Map<string, Value>(await weightsOf(graph, folder, budget));
  const { name, pictures, value, layer } = addInput(stack, graph, values);
  values.set(name, value);
  for (const node of graph.node ?? []) {
    const inputs = (node.input ?? []).map((each) => values.get(each));
    const operator = new Operator(node, inputs, opset);
    const [output = ''] = node.output ?? [];
    if ((node.input ?? []).some((each, at) => each !== '' && !inputs[at]))
      throw operator.problem('takes what no operator before it gives', 'export the model again');
    values.set(
      output,
      (await foldedConstant(operator, pictures, folder, budget)) ?? translated(operator, node.domain, stack),
    );
  }
  const end = endOf(stack, graph, values);
  const ends = { input_layers: [[layer, 0, 0]], output_layers: [[end.layer, 0, 0]] };
  const config = { name: 'model', layers: stack.layers, ...ends };
  return storedLayers({ class_name: 'Functional', config }, '2.15.0', stack.weights);
}

function decoded(bytes: Uint8Array, file: string): OnnxModel & { graph: OnnxGraph } {
  const sentence = `${file} is no model of TensorFlow.js, Keras or ONNX: choose another file.`;
  let model: OnnxModel;
  try {
    model = decodeOnnx(bytes);
  } catch (cause) {
    throw new ModelError(sentence, { cause });
  }
  const { graph, opsetImport } = model;
  if (!graph?.node?.length || !opsetImport?.length) throw new ModelError(sentence);
  if (graph.node.length > MOST_NODES)
    throw new ModelError(`${file} has more than 10,000 operators: take a smaller model.`);
  return { ...model, graph };
}

async function weightsOf(
  { initializer = [] }: OnnxGraph,
  folder: string,
  budget: NumberBudget,
): Promise<[string, Value][]> {
  const weights: [string, Value][] = [];
  for (const tensor of initializer)
    weights.push([tensor.name ?? '', await readTensor(tensor, folder, budget)]);
  return weights;
}

/** The input, which older models list among their weights. */
function addInput(stack: LayerStack, { input = [] }: OnnxGraph, values: ReadonlyMap<string, Value>) {
  const [only, second] = input.filter(({ name }) => !values.has(name));
  if (!only || second) throw new ModelError('The model does not take one picture: choose another model.');
  const { pictures, sides } = sizesOf(only);
  const [first = 0, , last = 0] = sides;
  const isFirst = sides.length === 3 && (first === 1 || first === 3) && last !== 1 && last !== 3;
  const stored = isFirst ? [...sides.slice(1), first] : sides;
  const config = { batch_input_shape: [null, ...stored], dtype: 'float32', sparse: false };
  const taken: LayerValue = {
    layer: stack.add('InputLayer', config, []),
    shape: sides,
    channelsLast: isFirst,
  };
  const isBytes = WHOLE_NUMBERS.includes(only.type?.tensorType?.elemType ?? ONNX_TYPE.float);
  const value = isBytes ? stack.rescaled(taken, BYTE, 0) : taken;
  return { name: only.name, pictures, value, layer: taken.layer };
}

function sizesOf({ type }: OnnxValueInfo): { pictures: number; sides: number[] } {
  const [first, ...rest] = (type?.tensorType?.shape?.dim ?? []).map(({ dimValue = 0 }) => dimValue);
  if (rest.length === 0 || rest.some((size) => !(size > 0))) {
    throw new ModelError(
      'The model does not say the size of its picture: export it with a fixed one, as 1x1x28x28.',
    );
  }
  return { pictures: Math.max(1, first ?? 1), sides: rest };
}

function translated(operator: Operator, domain: string | undefined, stack: LayerStack): LayerValue {
  const translate =
    domain === undefined || domain === '' || domain === 'ai.onnx' ? OPERATORS.get(operator.kind) : undefined;
  if (translate && isAfterLogarithms(operator))
    throw operator.problem('takes logarithms of probabilities', 'end the model with them');
  if (translate) return translate(operator, stack);
  const isQuantized = /Quantize|^QLinear|Integer$/.test(operator.kind);
  throw isQuantized
    ? operator.problem('is of a quantized model', 'export the model as it was before')
    : operator.problem(
        'is none that Scrawl has a layer for',
        'leave it out or take another, and export the model again',
      );
}

function isAfterLogarithms({ kind, inputs }: Operator): boolean {
  const isOrder = Object.hasOwn(SHAPE_OPERATORS, kind);
  return !isOrder && inputs.some((value) => value && !isConstant(value) && value.ending === 'logarithms');
}

/** The answer, with a softmax where the model leaves that to who reads it. */
function endOf(
  stack: LayerStack,
  { output = [] }: OnnxGraph,
  values: ReadonlyMap<string, Value>,
): LayerValue {
  const [only, second] = output;
  const value = only && values.get(only.name);
  if (!value || second || isConstant(value))
    throw new ModelError('The model does not give one answer for a picture: choose another model.');
  const flat = value.shape.length > 1 ? stack.reshaped(value, [elementsOf(value.shape)]) : value;
  return value.ending === undefined ? stack.behind(flat, 'Activation', { activation: 'softmax' }) : flat;
}
