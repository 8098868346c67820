import { grouped } from '../../src/base/words';

/** A shape as a user reads it: `28x28x6`, or `120` for a list. */
export function shapeInWords(shape: readonly number[]): string {
  return shape.map((size) => grouped(size)).join('x');
}
