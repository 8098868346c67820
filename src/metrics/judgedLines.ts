import type { Changes } from './judgeSplit';
import type { ReadLine } from './lineScores';

/** A line of a split as it is stored, and what was read from it. */
export interface PlacedLine extends ReadLine {
  /** Place in the split as it is stored. */
  readonly place: number;
}

/** Lines with the texts that they have now; those that the user excluded are passed over. */
export function judgedLines<L extends PlacedLine>(lines: readonly L[], changes: Changes): L[] {
  return lines.flatMap((line) => {
    const change = changes.get(line.place);
    if (change?.excluded) return [];
    return [change?.label === undefined ? line : { ...line, text: change.label }];
  });
}
