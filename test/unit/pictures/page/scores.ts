import type { Box } from '../../../../src/engine/recognition/search';

/** How much two boxes have in common: the area of both over the area of either. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const common = Math.max(0, width) * Math.max(0, height);
  const area = ({ left, top, right, bottom }: Box) => (right - left) * (bottom - top);
  return common / (area(a) + area(b) - common);
}

/** For each box of the truth, the index of the found box that is the same one, or -1. */
export function matched(truth: readonly Box[], found: readonly Box[], least = 0.5): number[] {
  const free = new Set(found.keys());
  return truth.map((box) => {
    const best = [...free].sort((a, b) => overlap(box, found[b] ?? box) - overlap(box, found[a] ?? box))[0];
    const other = best === undefined ? undefined : found[best];
    if (best === undefined || !other || overlap(box, other) < least) return -1;
    free.delete(best);
    return best;
  });
}

/** How many characters must be put in, left out or changed to make one text of another (Levenshtein 1966). */
export function editDistance(from: string, to: string): number {
  let row = [...Array.from({ length: to.length + 1 }).keys()];
  [...from].forEach((character, index) => {
    const next = [index + 1];
    [...to].forEach((other, at) => {
      const change = (row[at] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(change, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    });
    row = next;
  });
  return row[to.length] ?? 0;
}
