/** Points `from` to `to` of a stroke, both included. */
export interface InkSpan {
  /** Index of the stroke in the ink. */
  readonly stroke: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Adds a point to spans in the order of reading: the last one grows where the point is of its stroke.
 *
 * @param spans changed in place
 */
export function extendSpans(spans: InkSpan[], stroke: number, point: number): void {
  const last = spans.at(-1);
  if (last?.stroke !== stroke) {
    spans.push({ stroke, from: point, to: point });
    return;
  }
  spans[spans.length - 1] = { stroke, from: Math.min(last.from, point), to: Math.max(last.to, point) };
}
