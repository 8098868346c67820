/** A share as percent with as many digits as a narrow table has room for. */
export function shortPercent(share: number): string {
  return share === 1 ? '100' : (100 * share).toFixed(1);
}

/** The difference of two shares in points, with its sign. */
export function points(difference: number): string {
  const size = Math.abs(100 * difference).toFixed(1);
  return `${difference < 0 ? '−' : '+'}${size}`;
}

/** A probability of chance, as `p = 0.034`. */
export function chance(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(2))}`;
}
