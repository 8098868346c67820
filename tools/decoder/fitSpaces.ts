import { alignClasses } from '../../src/engine/recognition/lines/alignText';
import type { DecoderWeights } from '../../src/engine/recognition/lines/decoderWeights';
import { widestGap } from '../../src/engine/recognition/lines/inkLikelihood';
import { usefulFrames } from '../../src/engine/recognition/lines/usefulFrames';
import type { Reading } from './readings';

/** White between two characters of a line, as a logarithm against what is usual there, and whether a space stands there. */
interface Boundary {
  readonly gap: number;
  readonly isSpace: boolean;
}

const STEPS = 400;
const RATE = 0.5;

/** The logistic function of the gap that makes spaces likeliest: gradient descent on the logarithm of the likelihood. */
export function fitSpaces(readings: readonly Reading[]): Pick<DecoderWeights, 'spaceGap' | 'spaceSlope'> {
  const boundaries = readings.flatMap(boundariesOf);
  let slope = 5;
  let offset = -2;
  for (let step = 0; step < STEPS; step++) {
    let slopeGradient = 0;
    let offsetGradient = 0;
    for (const { gap, isSpace } of boundaries) {
      const error = 1 / (1 + Math.exp(-(slope * gap + offset))) - (isSpace ? 1 : 0);
      slopeGradient += error * gap;
      offsetGradient += error;
    }
    slope -= (RATE * 20 * slopeGradient) / boundaries.length;
    offset -= (RATE * 20 * offsetGradient) / boundaries.length;
  }
  return { spaceGap: -offset / slope, spaceSlope: slope };
}

/** The boundaries of a line that its label can be aligned with. */
function boundariesOf({ frames, label }: Reading): Boundary[] {
  const characters = [...label].filter((character) => character !== ' ');
  const classes = characters.map((character) => frames.characters.indexOf(character));
  if (classes.includes(-1)) return [];
  const useful = usefulFrames(
    frames,
    frames.characters.map(() => true),
  );
  const ranges = alignClasses(frames, useful, classes);
  if (!ranges) return [];
  const boundaries: Boundary[] = [];
  let at = 0;
  let isSpace = false;
  for (const character of label) {
    if (character === ' ') isSpace = true;
    else {
      const [before, here] = [ranges[at - 1], ranges[at]];
      const gap = before && here ? widestGap(frames, before.from + 1, here.from) : -Infinity;
      if (gap > -Infinity) boundaries.push({ gap: Math.min(Math.max(gap, -2), 4), isSpace });
      isSpace = false;
      at++;
    }
  }
  return boundaries;
}
