import { ModelError } from '../../errors';
import type { OnnxNode } from '../../onnx/messages';
import type { Constant } from './tensor';

/** What a layer gives, as ONNX sees it. */
export interface LayerValue {
  readonly layer: string;
  /** Without the number of pictures; of pictures ONNX has channels, height and width. */
  readonly shape: readonly number[];
  /** Whether the layer has the channels last, where `shape` has them first. */
  readonly channelsLast: boolean;
  /** Whether no number is below 0. */
  readonly positive?: boolean;
  /** Whether the numbers are probabilities of classes, or logarithms of them that a softmax would leave. */
  readonly ending?: 'probabilities' | 'logarithms' | 'other';
}

export type Value = LayerValue | Constant;

export function isConstant(value: Value): value is Constant {
  return 'values' in value;
}

/** An operator of a graph, with its attributes at hand. */
export class Operator {
  constructor(
    private readonly node: OnnxNode,
    /** What it takes; one that may be left out and is, is undefined. */
    readonly inputs: readonly (Value | undefined)[],
    readonly opset: number,
  ) {}

  get kind(): string {
    return this.node.opType;
  }

  /** @throws ModelError where there is no such input */
  input(at = 0): Value {
    const value = this.inputs[at];
    if (!value) throw this.problem('lacks an input', 'export the model again');
    return value;
  }

  /** @throws ModelError where the input is none that follows from the picture */
  layer(at = 0): LayerValue {
    const value = this.input(at);
    if (isConstant(value))
      throw this.problem('takes nothing of the picture', 'simplify the model with onnxsim');
    return value;
  }

  /** @throws ModelError where the input follows from the picture */
  constant(at: number): Constant {
    const value = this.input(at);
    if (!isConstant(value))
      throw this.problem('takes weights that follow from the picture', 'take another network');
    return value;
  }

  /** The numbers of an input that may be left out, or of the attribute that older models have in its place. */
  numbers(at: number, attribute: string): number[] | undefined {
    const value = this.inputs[at];
    if (value) return Array.from(this.constant(at).values);
    return this.ints(attribute);
  }

  /** A whole number; where the model says none, `otherwise`. */
  int<T>(name: string, otherwise: T): number | T {
    const attribute = this.attribute(name);
    return attribute ? (attribute.i ?? 0) : otherwise;
  }

  float<T>(name: string, otherwise: T): number | T {
    const attribute = this.attribute(name);
    return attribute ? (attribute.f ?? 0) : otherwise;
  }

  ints(name: string): number[] | undefined {
    const list = this.attribute(name)?.ints;
    return list && [...list];
  }

  text(name: string): string | undefined {
    const bytes = this.attribute(name)?.s;
    return bytes && Buffer.from(bytes).toString();
  }

  attribute(name: string) {
    return this.node.attribute?.find((each) => each.name === name);
  }

  /** What cannot be, with the operator's name and what to do. */
  problem(what: string, advice: string): ModelError {
    const { opType, name, output } = this.node;
    // the model's own words may be of any length
    const called = (name || output?.[0] || '').slice(0, 100);
    return new ModelError(`The operator ${opType.slice(0, 50)} ("${called}") ${what}: ${advice}.`);
  }
}
