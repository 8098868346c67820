import * as tf from '@tensorflow/tfjs-core';

/** An attribute of one of TensorFlow's operations. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The part of TensorFlow's own backend that runs one of its operations. */
interface NativeBackend {
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
}

/** TensorFlow's numbers of the kinds of an attribute, and of float32. */
const KIND = { string: 0, float: 2, bool: 3, type: 4 };
const FLOAT32 = 1;

export const isNative = (): boolean => tf.getBackend() === 'tensorflow';

export const attributes = {
  string: (name: string, value: string): Attribute => ({ name, type: KIND.string, value }),
  float: (name: string, value: number): Attribute => ({ name, type: KIND.float, value }),
  bool: (name: string, value: boolean): Attribute => ({ name, type: KIND.bool, value }),
  float32: (name: string): Attribute => ({ name, type: KIND.type, value: FLOAT32 }),
};

/** Runs one of TensorFlow's operations, which only its own backend has. */
export function runNative(
  name: string,
  own: readonly Attribute[],
  inputs: readonly tf.Tensor[],
  outputs: number,
): tf.Tensor[] {
  return (tf.backend() as unknown as NativeBackend).executeMultipleOutputs(name, own, inputs, outputs);
}
