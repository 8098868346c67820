/** The logarithm of the sum of two numbers given as logarithms; -Infinity is nothing. */
export function logAdd(a: number, b: number): number {
  if (a < b) return b + Math.log1p(Math.exp(a - b));
  // two nothings are nothing, where their difference would be no number
  return a === -Infinity ? a : a + Math.log1p(Math.exp(b - a));
}
