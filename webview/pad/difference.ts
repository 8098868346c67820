/** The characters that stand in another text where one character of a text stood. */
export function changeOf(text: string, other: string, at: number): string {
  const [from, to] = [[...text], [...other]];
  const behind = from.length - at - 1;
  let same = 0;
  while (same < at && from[same] === to[same]) same++;
  let sameBehind = 0;
  while (sameBehind < behind && from.at(-1 - sameBehind) === to.at(-1 - sameBehind)) sameBehind++;
  return to.slice(same, Math.max(same, to.length - sameBehind)).join('');
}

/** A text in three parts: as in the first one, what is different, and as in the first one again. */
export function partsOf(first: string, text: string): [same: string, different: string, same: string] {
  const [from, to] = [[...first], [...text]];
  const shorter = Math.min(from.length, to.length);
  let before = 0;
  while (before < shorter && from[before] === to[before]) before++;
  let behind = 0;
  while (behind < shorter - before && from.at(-1 - behind) === to.at(-1 - behind)) behind++;
  const end = to.length - behind;
  return [to.slice(0, before).join(''), to.slice(before, end).join(''), to.slice(end).join('')];
}
