/** A probability as percent, with the digits that tell it from its neighbors; never a round 100 of what is less. */
export function shortPercent(share: number): string {
  const digits = share >= 0.0995 && share < 0.9895 ? 1 : 2;
  const text = (100 * share).toFixed(digits);
  return share < 1 && text === '100.00' ? '> 99.99%' : `${text}%`;
}
