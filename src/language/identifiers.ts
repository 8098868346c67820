/** Names further away than so many characters are left out. */
const REACH = 100_000;

/** At such a distance from the cursor, in characters, a name counts half. */
const HALF_WEIGHT = 2000;

/** A letter, `_` or `$` and what follows it in a name, of any script; one letter alone is no use to anyone. */
const NAME = /[\p{L}_$][\p{L}\p{N}_$]+/gu;

/**
 * The names in the text around the cursor, each with a weight: the sum, over where it stands, of what falls with the
 * distance from the cursor.
 *
 * @param before the text before the cursor; a name that the cursor stands in or behind is left out, as it is unfinished
 * @param after the text behind the cursor
 */
export function identifiersAround(before: string, after: string): Map<string, number> {
  const weights = new Map<string, number>();
  const near = before.slice(-REACH);
  for (const { 0: name, index } of near.matchAll(NAME)) {
    const distance = near.length - index - name.length;
    const isCut = index === 0 && near.length < before.length;
    if (distance > 0 && !isCut) add(weights, name, distance);
  }
  for (const { 0: name, index } of after.slice(0, REACH).matchAll(NAME)) {
    const isCut = index + name.length === REACH;
    if (index > 0 && !isCut) add(weights, name, index);
  }
  return weights;
}

function add(weights: Map<string, number>, name: string, distance: number): void {
  weights.set(name, (weights.get(name) ?? 0) + HALF_WEIGHT / (HALF_WEIGHT + distance));
}
