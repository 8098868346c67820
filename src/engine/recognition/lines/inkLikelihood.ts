import { logAdd } from '../../../language/logarithms';
import type { FrameRange } from './alignText';
import type { DecoderWeights } from './decoderWeights';
import type { Frames } from './frames';
import { spaceProbability } from './spaceLikelihood';
import type { UsefulFrames } from './usefulFrames';

/**
 * What the ink says of one text, as the beam says it of many: the sum of all paths through the frames that read it
 * (CTC's forward pass, Graves 2006), as a logarithm.
 *
 * @param classes of the text's characters, spaces left out
 */
export function pathsLikelihood(frames: Frames, useful: UsefulFrames, classes: readonly number[]): number {
  const width = frames.characters.length + 1;
  let blank = new Float64Array(classes.length + 1).fill(-Infinity);
  let character = new Float64Array(classes.length + 1).fill(-Infinity);
  blank[0] = 0;
  for (let i = 0; i < useful.count; i++) {
    const frame = useful.at[i] ?? 0;
    const isBlank = useful.first[i] === useful.first[i + 1];
    const nextBlank = new Float64Array(classes.length + 1);
    const nextCharacter = new Float64Array(classes.length + 1).fill(-Infinity);
    for (let read = 0; read <= Math.min(classes.length, i + 1); read++) {
      nextBlank[read] = logAdd(blank[read] ?? 0, character[read] ?? 0) + (useful.blanks[i] ?? 0);
      if (read === 0 || isBlank) continue;
      const own = classes[read - 1] ?? 0;
      const more = frames.evidence?.[frame * (width - 1) + own] ?? 0;
      const differs = own !== classes[read - 2];
      const before = logAdd(blank[read - 1] ?? 0, differs ? (character[read - 1] ?? -Infinity) : -Infinity);
      nextCharacter[read] =
        logAdd(before + more, character[read] ?? 0) + (frames.logProbabilities[frame * width + own] ?? 0);
    }
    nextBlank.fill(-Infinity, Math.min(classes.length, i + 1) + 1);
    blank = nextBlank;
    character = nextCharacter;
  }
  return logAdd(blank[classes.length] ?? 0, character[classes.length] ?? 0);
}

/**
 * What the gaps say of a text's spaces, as a logarithm.
 *
 * @param text its characters
 * @param ranges the frames of each
 */
export function spacesLikelihood(
  frames: Frames,
  text: readonly string[],
  ranges: readonly FrameRange[],
  weights: DecoderWeights,
): number {
  let sum = 0;
  let from = 0;
  text.forEach((character, i) => {
    if (character === ' ') return;
    const at = ranges[i]?.from ?? 0;
    if (i > 0) {
      const space = spaceProbability(widestGap(frames, from, at), weights);
      sum += Math.log(text[i - 1] === ' ' ? space : 1 - space);
    }
    from = at + 1;
  });
  return sum;
}

/** The widest gap before the frames from `from` to `to`, both of them too. */
export function widestGap({ gaps }: Frames, from: number, to: number): number {
  let widest = -Infinity;
  for (let frame = from; frame <= to; frame++) widest = Math.max(widest, gaps?.[frame] ?? -Infinity);
  return widest;
}
