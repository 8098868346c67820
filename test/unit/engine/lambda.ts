import type { Ink } from '../../../src/ink/ink';

/** λ, which no model knows: a long stroke from the upper left to the lower right, and a short one from its middle to the lower left. */
export const LAMBDA: Ink = [
  [
    [0, 0],
    [8, 2],
    [16, 14],
    [30, 45],
    [44, 78],
    [50, 88],
    [58, 90],
  ],
  [
    [30, 45],
    [18, 68],
    [4, 90],
  ],
];
