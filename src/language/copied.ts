/** The first numbers of an array in another, which is given back. */
export function copied<A extends Int32Array | Uint32Array | Float64Array>(from: A, to: A, count: number): A {
  to.set(from.subarray(0, count));
  return to;
}
