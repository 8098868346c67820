import type { Frames } from './frames';

/** A frame that is a blank with at least this probability says nothing else. */
const SURE_BLANK = Math.log(0.999);

/** At most so many characters of a frame are looked at, and none so much less likely than the likeliest. */
const CHARACTERS = 12;
const DEPTH = 9;

/**
 * Frames without those that say nothing: a run of sure blanks is one blank. Of each other frame the likely characters
 * that are allowed are listed.
 */
export interface UsefulFrames {
  readonly count: number;
  /** [count] the frame, the first of a run of blanks */
  readonly at: Int32Array;
  /** [count] the logarithm of the blank's probability, of a run of all of them */
  readonly blanks: Float64Array;
  /** [count] the greatest gap of the frame or the run */
  readonly gaps: Float64Array;
  /** the classes of frame i are from `first[i]` to before `first[i + 1]`, the likeliest first; none of a run of blanks */
  readonly first: Int32Array;
  readonly classes: Int32Array;
}

/**
 * @param isAllowed of each class but the blank, whether it may be read
 */
export function usefulFrames(frames: Frames, isAllowed: readonly boolean[]): UsefulFrames {
  const { count, characters, logProbabilities } = frames;
  const width = characters.length + 1;
  const useful: Useful = { at: [], blanks: [], gaps: [], first: [0], classes: [] };
  let wasBlank = false;
  for (let frame = 0; frame < count; frame++) {
    const row = logProbabilities.subarray(frame * width, (frame + 1) * width);
    const blank = row[width - 1] ?? 0;
    const isBlank = blank > SURE_BLANK;
    const gap = frames.gaps?.[frame] ?? -Infinity;
    if (isBlank && wasBlank) lengthen(useful, blank, gap);
    else append(useful, frame, blank, gap, isBlank ? [] : likelyClasses(row, blank, isAllowed));
    wasBlank = isBlank;
  }
  return {
    count: useful.at.length,
    at: Int32Array.from(useful.at),
    blanks: Float64Array.from(useful.blanks),
    gaps: Float64Array.from(useful.gaps),
    first: Int32Array.from(useful.first),
    classes: Int32Array.from(useful.classes),
  };
}

type Useful = Record<'at' | 'blanks' | 'gaps' | 'first' | 'classes', number[]>;

function append(useful: Useful, frame: number, blank: number, gap: number, classes: readonly number[]): void {
  useful.at.push(frame);
  useful.blanks.push(blank);
  useful.gaps.push(gap);
  useful.classes.push(...classes);
  useful.first.push(useful.classes.length);
}

function lengthen({ blanks, gaps }: Useful, blank: number, gap: number): void {
  const last = blanks.length - 1;
  blanks[last] = (blanks[last] ?? 0) + blank;
  gaps[last] = Math.max(gaps[last] ?? 0, gap);
}

/** The likeliest of the allowed classes of a frame, in falling order. */
function likelyClasses(row: Float32Array, blank: number, isAllowed: readonly boolean[]): number[] {
  const likely: number[] = [];
  let least = blank - DEPTH;
  for (let each = 0; each < row.length - 1; each++) {
    const value = row[each] ?? 0;
    if (value < least || !isAllowed[each]) continue;
    let at = likely.length;
    while (at > 0 && (row[likely[at - 1] ?? 0] ?? 0) < value) at--;
    likely.splice(at, 0, each);
    if (likely.length > CHARACTERS) likely.pop();
    least = Math.max(least, value - DEPTH);
  }
  return likely.filter((each) => (row[each] ?? 0) >= least);
}
