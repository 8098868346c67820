type Pair = readonly [number, number];

/** How a window moves over a picture, by height and width. */
export interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
}

/** Numbers around a picture: above, left, below, right. */
export type Pads = readonly [number, number, number, number];

/**
 * What TensorFlow puts around a picture for padding `same`.
 *
 * @param sides height and width
 * @param upper whether what is odd is put below and to the right
 */
export function samePads(
  sides: readonly (number | undefined)[],
  { kernel, strides, dilations }: Window,
  upper = true,
): Pads {
  const each = ([0, 1] as const).map((at) => {
    const [side = 1, stride] = [sides[at], strides[at]];
    const reach = (kernel[at] - 1) * dilations[at] + 1;
    const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + reach - side);
    const less = Math.floor(total / 2);
    return upper ? ([less, total - less] as const) : ([total - less, less] as const);
  });
  return [each[0]?.[0] ?? 0, each[1]?.[0] ?? 0, each[0]?.[1] ?? 0, each[1]?.[1] ?? 0];
}
