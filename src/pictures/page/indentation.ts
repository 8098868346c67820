/** A line begins deeper than another where it begins so much further right, in heights of a character. */
const DEEPER = 0.9;

/**
 * How deep each line of a page is indented, by where it begins against the lines above it: a level more where it begins
 * right of the one before, else as deep as the line above that it begins below. A margin may drift down the page.
 *
 * @param lefts of the lines, from top to bottom
 * @param height of a usual character, in the same unit
 */
export function indentationOf(lefts: readonly number[], height: number): number[] {
  let depths: number[] = [];
  /** Where the lines begin that the next one may be as deep as, outermost first. */
  const open: number[] = [];
  for (const left of lefts) {
    while (open.length > 1 && left < ((open.at(-1) ?? 0) + (open.at(-2) ?? 0)) / 2) open.pop();
    const last = open.at(-1);
    if (last === undefined || left > last + DEEPER * height) open.push(left);
    else {
      // the lines above were all indented
      if (open.length === 1 && left < last - DEEPER * height) depths = depths.map((depth) => depth + 1);
      open[open.length - 1] = left;
    }
    depths.push(open.length - 1);
  }
  return depths;
}
