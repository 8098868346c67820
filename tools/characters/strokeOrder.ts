import type { Random } from '../../src/base/random';
import type { Ink } from '../../src/ink/ink';

/** Share of ink whose strokes are put in another order, and of strokes that go the other way. */
const SHUFFLED = 0.12;
const REVERSED = 0.06;

/** Draws ink in another order at times, so that the order is a hint and no proof. */
export function reorder(ink: Ink, random: Random): Ink {
  const turned = ink.map((stroke) => (random.next() < REVERSED ? stroke.slice().reverse() : stroke));
  if (turned.length < 2 || random.next() >= SHUFFLED) return turned;
  return Array.from(random.permutation(turned.length), (place) => turned[place] ?? []);
}
