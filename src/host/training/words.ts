/** A fraction of right answers: one digit behind the point, two near the end, where they tell. */
export function accuracyInWords(fraction: number): string {
  return `${(100 * fraction).toFixed(fraction >= 0.99 && fraction < 1 ? 2 : 1)}%`;
}
