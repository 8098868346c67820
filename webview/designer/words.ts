/** A shape as a person reads it: `28x28x6`, or `120` for a list. */
export function shapeInWords(shape: readonly number[]): string {
  return shape.map((size) => grouped(size)).join('x');
}

/** A count with its thousands apart. */
export function grouped(count: number): string {
  return count.toLocaleString('en');
}

export function weightsInWords(weights: number): string {
  return `${grouped(weights)} ${weights === 1 ? 'weight' : 'weights'}`;
}

export function layersInWords(count: number): string {
  return `${grouped(count)} ${count === 1 ? 'layer' : 'layers'}`;
}
