import type { Ink, Reading, Stroke } from '../../../src/protocol/ink';
import { gapBefore, opened } from './openGap';
import { overwritten, replaced } from './overwrite';
import { closedUp, scratchedOut, wipedOut } from './scratchOut';
import { type Written, written } from './written';

/** What a stroke did to the ink instead of adding to it. */
export interface Repair {
  readonly kind: 'deleted' | 'replaced' | 'opened';
  readonly ink: Ink;
  /** The text that it was done to. */
  readonly text: string;
}

/** What was on the paper when the pen came down after a rest. */
export interface Before {
  readonly ink: Ink;
  readonly reading: Reading;
  /** Height of small letters. */
  readonly xHeight: number;
}

/**
 * The repair that strokes make of what was there before the pen came down again, if they are no writing.
 *
 * @param strokes drawn since
 */
export function repaired(strokes: Ink, { ink, reading, xHeight }: Before): Repair | undefined {
  const [stroke] = strokes;
  if (!stroke || ink.length === 0) return undefined;
  const on = written(ink, reading);
  if (strokes.length === 1) {
    const gone = scratchedOut(stroke, on);
    if (gone.size > 0) return { kind: 'deleted', ink: closedUp(on, gone), text: textOf(on, gone) };
    const gap = gapBefore(stroke, on, xHeight);
    if (gap !== undefined)
      return { kind: 'opened', ink: opened(on, gap, xHeight), text: on.characters[gap] ?? '' };
  }
  const character = overwritten(strokes, on);
  if (character === undefined) return undefined;
  return { kind: 'replaced', ink: replaced(on, character, strokes), text: on.characters[character] ?? '' };
}

/** The ink without what the pen's eraser went over, if that was anything. */
export function erased(stroke: Stroke, { ink, reading }: Before): Repair | undefined {
  const on = written(ink, reading);
  const gone = wipedOut(stroke, on);
  return gone.size === 0 ? undefined : { kind: 'deleted', ink: closedUp(on, gone), text: textOf(on, gone) };
}

/** The ink without one of its characters. */
export function withoutCharacter(ink: Ink, reading: Reading, at: number): Repair {
  const on = written(ink, reading);
  return { kind: 'deleted', ink: closedUp(on, new Set([at])), text: on.characters[at] ?? '' };
}

function textOf(on: Written, characters: ReadonlySet<number>): string {
  return [...characters]
    .sort((a, b) => a - b)
    .map((at) => on.characters[at])
    .join('');
}
