/** A share as percent with as many digits as a narrow table has room for. */
export function shortPercent(share: number): string {
  return share === 1 ? '100' : (100 * share).toFixed(1);
}
