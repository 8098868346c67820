import type { Frames } from './frames';
import { pathsLikelihood } from './inkLikelihood';
import { usefulFrames } from './usefulFrames';

/**
 * What the network of lines says of ink as one character.
 *
 * @returns for each of its characters the logarithm of the probability of all paths that read it alone
 */
export function singleLikelihoods(frames: Frames): Float64Array {
  const { evidence: _, ...seen } = frames;
  const useful = usefulFrames(
    seen,
    frames.characters.map(() => true),
  );
  return Float64Array.from(frames.characters, (_, index) => pathsLikelihood(seen, useful, [index]));
}
