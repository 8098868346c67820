import type { CharacterModel } from './characterModel';
import { GramCounter } from './gramCounter';
import { characterModelOf } from './wittenBell';
import { writtenLines } from './writtenLines';

/** So many characters before and behind the cursor are counted. */
const BEFORE = 20_000;
const BEHIND = 5000;

/** From fewer nothing can be learned. */
const FEWEST = 200;

/** Code repeats what stands near it (Tu, Su and Devanbu 2014): sequences up to this length are counted. */
const ORDER = 6;

/**
 * A character model of the text around the cursor, its style and its phrases; none of a text that is too short. Made
 * once for a state of the text, since it takes some milliseconds.
 */
export function documentModel(before: string, after: string): CharacterModel | undefined {
  const near = before.slice(-BEFORE);
  // the line of the cursor is what is being written
  const lines = writtenLines(near.slice(0, near.lastIndexOf('\n') + 1));
  const end = after.indexOf('\n');
  if (end >= 0) lines.push(...writtenLines(after.slice(end, BEHIND)));
  const counter = new GramCounter(ORDER);
  for (const line of lines) counter.addLine(line);
  return counter.characters < FEWEST ? undefined : characterModelOf(counter.count());
}
