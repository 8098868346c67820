import type { FrameRange } from './alignText';
import type { DecoderWeights } from './decoderWeights';
import type { Frames } from './frames';
import { spaceProbability } from './spaceLikelihood';

/** A class and the frames that name it. */
export interface PlainClass extends FrameRange {
  readonly index: number;
  /** The widest gap before it, in the frames' unit. */
  readonly gap: number;
}

/**
 * What the ink alone says: of each frame the likeliest class that is allowed, repeats put together, blanks left out.
 *
 * @param isAllowed of each class but the blank; all are unless it says otherwise
 */
export function plainClasses(
  frames: Frames,
  isAllowed: readonly boolean[] = frames.characters.map(() => true),
): PlainClass[] {
  const width = frames.characters.length + 1;
  const found: PlainClass[] = [];
  let last = width - 1;
  let gap = -Infinity;
  for (let frame = 0; frame < frames.count; frame++) {
    gap = Math.max(gap, frames.gaps?.[frame] ?? -Infinity);
    const best = likeliest(frames.logProbabilities.subarray(frame * width, (frame + 1) * width), isAllowed);
    const before = found.at(-1);
    if (best !== last && best < width - 1) {
      found.push({ index: best, from: frame, to: frame + 1, gap });
      gap = -Infinity;
    } else if (best === last && before && before.to === frame) {
      found[found.length - 1] = { ...before, to: frame + 1 };
    }
    last = best;
  }
  return found;
}

/** The reading without language, lexicon and place; a space where the gap alone makes it likely. */
export function plainReading(frames: Frames, isAllowed: readonly boolean[], weights: DecoderWeights): string {
  return plainClasses(frames, isAllowed)
    .map(({ index, gap }, at) => {
      const space = at > 0 && spaceProbability(gap, weights) > 0.5 ? ' ' : '';
      return space + (frames.characters[index] ?? '');
    })
    .join('');
}

function likeliest(row: Float32Array, isAllowed: readonly boolean[]): number {
  let best = row.length - 1;
  for (let each = 0; each < row.length - 1; each++) {
    if (isAllowed[each] && (row[each] ?? 0) > (row[best] ?? 0)) best = each;
  }
  return best;
}
