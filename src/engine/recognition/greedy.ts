import type { LineReading } from './lineModel';

/** The classes of a line without language: the best of each frame, repeats and blanks left out (Graves et al. 2006). */
export function greedyClasses({
  frames,
  classes,
  logProbabilities,
}: Pick<LineReading, 'frames' | 'classes' | 'logProbabilities'>): number[] {
  const blank = classes - 1;
  const found: number[] = [];
  let before = blank;
  for (let frame = 0; frame < frames; frame++) {
    let best = blank;
    for (let each = 0; each < classes; each++) {
      const log = logProbabilities[frame * classes + each] ?? -Infinity;
      if (log > (logProbabilities[frame * classes + best] ?? -Infinity)) best = each;
    }
    if (best !== before && best !== blank) found.push(best);
    before = best;
  }
  return found;
}
