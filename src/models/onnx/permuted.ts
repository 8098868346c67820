/**
 * The same numbers with their dimensions in another order.
 *
 * @param order for each new dimension the old one, as `numpy.transpose` takes it
 */
export function permuted(
  values: ArrayLike<number>,
  shape: readonly number[],
  order: readonly number[],
): Float32Array {
  const steps = shape.map((_, at) => shape.slice(at + 1).reduce((product, size) => product * size, 1));
  const sizes = order.map((from) => shape[from] ?? 1);
  const strides = order.map((from) => steps[from] ?? 1);
  const place = order.map(() => 0);
  const result = new Float32Array(values.length);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from] ?? 0;
    // the next place, the last dimension first
    for (let at = order.length - 1; at >= 0; at--) {
      const next = (place[at] ?? 0) + 1;
      const isLast = next === sizes[at];
      place[at] = isLast ? 0 : next;
      from += isLast ? -(strides[at] ?? 0) * (next - 1) : (strides[at] ?? 0);
      if (!isLast) break;
    }
  }
  return result;
}
