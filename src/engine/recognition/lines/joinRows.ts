import type { Reading } from '../../../protocol/ink';

/** What rows say together, likeliest first, with line feeds between them; the plain reading last where it is unlikelier. */
export function joinRows(rows: readonly (readonly Reading[])[], top: number): Reading[] {
  const [first = [], ...rest] = rows;
  return rest.reduce<readonly Reading[]>(
    (above, row) =>
      likeliest(
        above.flatMap((reading) => row.map((below) => joined(reading, below))),
        top,
      ),
    likeliest(first, top),
  ) as Reading[];
}

function likeliest(readings: readonly Reading[], top: number): Reading[] {
  const sorted = [...readings].sort((a, b) => b.probability - a.probability);
  return sorted.filter(({ isPlain }, rank) => rank < top || isPlain);
}

function joined(above: Reading, below: Reading): Reading {
  return {
    text: `${above.text}\n${below.text}`,
    probability: above.probability * below.probability,
    isPlain: above.isPlain && below.isPlain,
    alignment: [...above.alignment, [], ...below.alignment],
  };
}
