import type * as tf from '@tensorflow/tfjs-core';
import { apart, roundedUp, type Arena } from './arena';
import { FLOAT, type Geometry } from './values';

/** How the numbers of one of TensorFlow.js' variables lie in the kernels' memory. */
export interface Order {
  /** Numbers in the kernels' memory; those that the variable does not have are zero. */
  readonly count: number;
  /** The place there of each of the variable's numbers. */
  readonly places: Int32Array;
}

/** A variable that the kernels have a copy of, in their own order. */
export interface Parameter extends Order {
  readonly variable: tf.Variable;
  readonly values: number;
  /** What the optimizer remembers; 0 where it remembers nothing. */
  readonly first: number;
  readonly second: number;
  /** Of kernels, not biases. */
  readonly decays: boolean;
}

/** Numbers from the weights of one output to those of the next. */
export function strideOf(inputs: number): number {
  return apart(inputs * FLOAT) / FLOAT;
}

/**
 * The order of a kernel: [outputs][places][lanes], for TensorFlow.js' [places][channels][outputs].
 *
 * @param places of a window, or of the picture that a dense layer reads
 */
export function kernelOrder(places: number, { channels, lanes }: Geometry, outs: number): Order {
  const stride = strideOf(places * lanes);
  const order = new Int32Array(places * channels * outs);
  for (let place = 0, at = 0; place < places; place++)
    for (let channel = 0; channel < channels; channel++)
      for (let out = 0; out < outs; out++) order[at++] = out * stride + place * lanes + channel;
  return { count: roundedUp(outs, 4) * stride, places: order };
}

/**
 * The order of a kernel that reads lists: [places][lanes][outputs], as TensorFlow.js has it.
 *
 * @param to what its outputs are
 */
export function rowOrder(places: number, { channels, lanes }: Geometry, to: Geometry): Order {
  const stride = strideOf(to.lanes);
  const order = new Int32Array(places * channels * to.channels);
  for (let place = 0, at = 0; place < places; place++)
    for (let channel = 0; channel < channels; channel++)
      for (let out = 0; out < to.channels; out++) order[at++] = (place * lanes + channel) * stride + out;
  return { count: places * lanes * stride, places: order };
}

/** The order of what there is one of for each channel. */
export function channelOrder(channels: number): Order {
  return { count: roundedUp(channels, 8), places: Int32Array.from({ length: channels }, (_, i) => i) };
}

/** The order of what there is one of for each channel of each place: [places][lanes]. */
export function placeOrder(places: number, { channels, lanes }: Geometry): Order {
  const order = new Int32Array(places * channels);
  for (let place = 0, at = 0; place < places; place++)
    for (let channel = 0; channel < channels; channel++) order[at++] = place * lanes + channel;
  return { count: places * lanes, places: order };
}

/** Makes room for a variable, and for so many arrays of what the optimizer remembers of it. */
export function parameterIn(
  arena: Arena,
  variable: tf.Variable,
  order: Order,
  remembered: number,
): Parameter {
  const bytes = order.count * FLOAT;
  return {
    ...order,
    variable,
    values: arena.reserve(bytes),
    first: remembered > 0 ? arena.reserve(bytes) : 0,
    second: remembered > 1 ? arena.reserve(bytes) : 0,
    decays: variable.shape.length > 1,
  };
}

/** Brings a variable's numbers to where the kernels have them. */
export function bring(memory: Float32Array, at: number, order: Order, numbers: ArrayLike<number>): void {
  memory.fill(0, at / FLOAT, at / FLOAT + order.count);
  order.places.forEach((place, index) => (memory[at / FLOAT + place] = numbers[index] ?? 0));
}

/** Takes a variable's numbers from where the kernels have them. */
export function fetched(memory: Float32Array, at: number, order: Order): Float32Array {
  return Float32Array.from(order.places, (place) => memory[at / FLOAT + place] ?? 0);
}
