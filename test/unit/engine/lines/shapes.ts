import { Random } from '../../../../src/base/random';
import type { Ink } from '../../../../src/ink/ink';
import { FEATURES } from '../../../../src/ink/lines/features';
import type { LineNetwork } from '../../../../src/networks/lineNetwork';

/** A network that learns to read shapes in seconds. */
export const TINY_LINE: LineNetwork = {
  name: 'tiny-line',
  input: [null, FEATURES],
  layers: [
    { type: 'conv1d', filters: 12, kernelSize: 9, strides: 4, padding: 'same', useBias: false },
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
    { type: 'residual', layers: [{ type: 'conv1d', filters: 12, kernelSize: 5, padding: 'same' }] },
  ],
};

export const SHAPES: Record<string, Ink> = {
  l: [
    [
      [0, 0],
      [0, 100],
    ],
  ],
  v: [
    [
      [0, 0],
      [25, 100],
      [50, 0],
    ],
  ],
  '-': [
    [
      [0, 50],
      [60, 50],
    ],
  ],
};

/** How a hand writes a point of a shape. */
export type Hand = (character: string, x: number, y: number) => readonly [number, number];

/** Lines of shapes side by side, with a blank now and then. */
export function written(count: number, seed: number, hand: Hand = (_, x, y) => [x, y]) {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    let [label, x] = ['', 0];
    const ink = Array.from({ length: 2 + random.integer(3) }).flatMap((_, place) => {
      const character = 'lv-'[random.integer(3)] ?? 'l';
      if (place > 0 && random.next() < 0.2) label += ' ';
      label += character;
      x += 90;
      return (SHAPES[character] ?? []).map((stroke) =>
        stroke.map(([px, py]) => {
          const [hx, hy] = hand(character, px, py);
          return [hx + x, hy] as const;
        }),
      );
    });
    return { label, ink };
  });
}
