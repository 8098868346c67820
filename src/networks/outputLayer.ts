import type { Shape } from './verify';

/** The layer that training adds behind a network: softmax, one unit a class. */
export interface OutputLayer {
  /** Whether a picture must first be laid out as a list. */
  readonly flattens: boolean;
  readonly output: Shape;
  readonly parameters: number;
}

/**
 * What training adds to a network.
 *
 * @param shape what the network's last layer gives
 */
export function outputLayer(shape: Shape, classes: number): OutputLayer {
  const inputs = shape.reduce((product, size) => product * size, 1);
  return { flattens: shape.length !== 1, output: [classes], parameters: (inputs + 1) * classes };
}
