import { extentOf } from './extent';
import type { Guide } from './guide';
import type { Path } from './path';

/** How strongly lines are varied; each is the standard deviation of its random part. */
export interface LineVariation {
  /** Shear of x by y, as a fraction. */
  readonly slant: number;
  /** Radians. */
  readonly turn: number;
  /** Of the width's natural logarithm. */
  readonly width: number;
  /** Displacement of each stroke, in heights of the line. */
  readonly strokeShift: number;
  /** Height of a wave along the line, in heights of the line. */
  readonly wave: number;
}

/** As different as hands are from each other. */
export const HANDS: LineVariation = { slant: 0.17, turn: 0.03, width: 0.13, strokeShift: 0.012, wave: 0.03 };

/** Lengths of a wave, in heights of the line. */
const WAVE_LENGTH = { least: 4, most: 14 };

/**
 * Varies a line as hands do: slant, turn, width, strokes out of place, and a wave along it.
 *
 * @param height of the line, in the paths' unit
 * @param random gives uniform numbers in [0, 1)
 * @returns the paths, and the guide lines where they lie now
 */
export function varyLine(
  paths: readonly Path[],
  variation: LineVariation,
  height: number,
  random: () => number,
  guide?: Guide,
): { paths: Path[]; guide: Guide | undefined } {
  const slant = variation.slant * gaussian(random);
  const turn = variation.turn * gaussian(random);
  const width = Math.exp(variation.width * gaussian(random));
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const wave = variation.wave * height * Math.abs(gaussian(random));
  const length = height * (WAVE_LENGTH.least + (WAVE_LENGTH.most - WAVE_LENGTH.least) * random());
  const phase = 2 * Math.PI * random();
  const center = middleOf(paths);
  const moved = paths.map(({ x, y }) => {
    const shiftX = variation.strokeShift * height * gaussian(random);
    const shiftY = variation.strokeShift * height * gaussian(random);
    const to = { x: new Float32Array(x.length), y: new Float32Array(x.length) };
    for (let i = 0; i < x.length; i++) {
      const u = ((x[i] ?? 0) - center) * width - slant * (y[i] ?? 0);
      const v = (y[i] ?? 0) + wave * Math.sin((2 * Math.PI * (x[i] ?? 0)) / length + phase);
      to.x[i] = cos * u - sin * v + shiftX;
      to.y[i] = sin * u + cos * v + shiftY;
    }
    return to;
  });
  return { paths: moved, guide: guide && { ...guide, baseline: guide.baseline * cos } };
}

function middleOf(paths: readonly Path[]): number {
  let [left, right] = [Infinity, -Infinity];
  for (const path of paths) {
    if (path.x.length === 0) continue;
    const extent = extentOf(path);
    left = Math.min(left, extent.left);
    right = Math.max(right, extent.right);
  }
  return left < right ? (left + right) / 2 : 0;
}

/** A standard normal number (Box and Muller 1958). */
export function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
