/** A share as percent with two digits, as `87.13%`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}

/** A whole number with thousands apart, as `116,323`. */
export function counted(count: number): string {
  return count.toLocaleString('en-GB');
}
