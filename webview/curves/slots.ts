import { MOST_PICKED } from '../../src/protocol/pages/training';

/**
 * The runs that are compared, each at the number of its style, with one more or one less: the others keep their styles.
 *
 * @returns undefined where nothing changes, or no style is left
 */
export function withSlot(
  picked: readonly (string | null)[],
  run: string,
  isPicked: boolean,
): (string | null)[] | undefined {
  const slots = Array.from({ length: MOST_PICKED }, (_, slot) => picked[slot] ?? null);
  const slot = isPicked ? slots.indexOf(null) : slots.indexOf(run);
  if (slot < 0 || (isPicked && slots.includes(run))) return undefined;
  slots[slot] = isPicked ? run : null;
  return slots;
}
