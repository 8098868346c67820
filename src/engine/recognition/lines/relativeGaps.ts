import type { PlainClass } from './plainReading';

/** The white between the characters of most hands, in heights of the line; it counts as much as so many gaps of a line. */
const USUAL = 0.2;
const COUNTS = 3;
/** White narrower than this differs by chance. */
const LEAST = 0.15;
/** Where all characters stand far apart a little more is a space already: what the width counts besides the ratio. */
const WIDTH = 0.8;

/**
 * How wide the white before each frame is against what is usual between the characters of its line, as a logarithm: hands
 * that print leave more between letters than others between words.
 *
 * @param gaps of each frame, in heights of the line
 * @param plain what the ink alone says, by these gaps
 */
export function relativeGaps(gaps: Float32Array, plain: readonly PlainClass[]): Float32Array {
  const usual = usualGap(plain);
  return gaps.map((gap) =>
    gap === -Infinity ? gap : Math.log((Math.max(0, gap) + LEAST) / (usual + LEAST)) + WIDTH * usual,
  );
}

/** The middle one of the gaps between the characters of the plain reading, near to what most hands leave where it is short. */
function usualGap(plain: readonly PlainClass[]): number {
  const sorted = plain
    .slice(1)
    .map(({ gap }) => Math.max(0, gap))
    .sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1] ?? 0;
  return (middle * sorted.length + USUAL * COUNTS) / (sorted.length + COUNTS);
}
