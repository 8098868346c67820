import type { Ink } from './ink';

/**
 * Of each stroke x and y in turn; of ink with more points than that each so many-th, and every stroke's last.
 *
 * @param most points
 */
export function flatInk(ink: Ink, most: number): number[][] {
  const points = ink.reduce((sum, { length }) => sum + length, 0);
  const step = Math.max(1, Math.ceil(points / most));
  return ink.map((stroke) =>
    stroke.filter((_, at) => at % step === 0 || at === stroke.length - 1).flatMap(([x, y]) => [x, y]),
  );
}
