/**
 * Which points of long lines to keep so that their picture stays the same: of each of equally wide parts the first, the
 * last, and for every line the lowest and the highest (M4: Jugel et al. 2014, "M4: A Visualization-Oriented Time Series
 * Data Aggregation", VLDB 7(10)).
 *
 * @param x of all lines, rising
 * @param lines a value at each x
 * @param most points to keep
 * @returns indexes, rising
 */
export function keptPoints(
  x: readonly number[],
  lines: readonly (readonly number[])[],
  most: number,
): number[] {
  const [first = 0, last = 0] = [x[0], x.at(-1)];
  const parts = Math.max(1, Math.floor(most / (2 + 2 * lines.length)));
  const partOf = (at: number) =>
    Math.min(parts - 1, Math.floor((parts * (at - first)) / (last - first || 1)));
  const kept: number[] = [];
  for (let start = 0; start < x.length;) {
    const part = partOf(x[start] ?? 0);
    let end = start + 1;
    while (end < x.length && partOf(x[end] ?? 0) === part) end++;
    const those = new Set([start, end - 1, ...lines.flatMap((line) => extremes(line, start, end))]);
    kept.push(...[...those].sort((a, b) => a - b));
    start = end;
  }
  return kept;
}

/** Indexes of the lowest and the highest value from `start` to before `end`. */
function extremes(line: readonly number[], start: number, end: number): [number, number] {
  let [lowest, highest] = [start, start];
  for (let index = start + 1; index < end; index++) {
    const value = line[index] ?? 0;
    if (value < (line[lowest] ?? 0)) lowest = index;
    if (value > (line[highest] ?? 0)) highest = index;
  }
  return [lowest, highest];
}
