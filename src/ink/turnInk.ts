import type { Ink } from './ink';

/**
 * Turns ink about its origin.
 *
 * @param degrees clockwise as one sees it, where y grows downwards
 */
export function turnInk(ink: Ink, degrees: number): Ink {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return ink.map((stroke) =>
    stroke.map(([x, y, ...more]) => [cos * x - sin * y, sin * x + cos * y, ...more] as const),
  );
}
