import type { Ink, Reading } from '../../src/protocol/ink';
import { type Box, boxOf, middleOf } from './box';
import { written } from './repair/written';
import { descentOf, isOnLines, rowOf, type Ruling } from './ruling';

/** A character of the reading, and where it stands: below its own strokes. */
export interface Letter {
  /** The character's place in the text, from 0. */
  readonly at: number;
  readonly text: string;
  /** Its middle, in the frame's unit. */
  readonly x: number;
  /** Its top. */
  readonly y: number;
}

/** Places each character of a reading below the strokes that it was read from, and spaces between their neighbors. */
export function lettersOf(ink: Ink, reading: Reading, ruling: Ruling): Letter[] {
  const { characters, boxes } = written(ink, reading);
  const onLines = isOnLines(ink, ruling);
  const { bottom } = boxOf(ink);
  const top = (box: Box) => (onLines ? descentOf(ruling, rowOf(ruling, box.top, box.bottom)) : bottom);
  return characters.flatMap((text, at): Letter[] => {
    const own = boxes[at];
    if (own) return [{ at, text, x: middleOf(own), y: top(own) }];
    const [before, after] = [boxes[at - 1], boxes[at + 1]];
    if (!before || !after || text === '\n' || top(before) !== top(after)) return [];
    return [{ at, text, x: (before.right + after.left) / 2, y: top(before) }];
  });
}

/** Moves letters of a row apart that would stand upon each other; they keep their order. */
export function spread(letters: readonly Letter[], least: number): Letter[] {
  const ends = new Map<number, number>();
  const places = new Map<number, number>();
  for (const { at, x, y } of letters.toSorted((a, b) => a.x - b.x)) {
    const place = Math.max(x, (ends.get(y) ?? -Infinity) + least);
    ends.set(y, place);
    places.set(at, place);
  }
  return letters.map((letter) => ({ ...letter, x: places.get(letter.at) ?? letter.x }));
}
