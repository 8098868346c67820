/** The largest of any number of values, which a call may not take as arguments; `least` where there are none. */
export function largestOf(values: Iterable<number>, least = -Infinity): number {
  let largest = least;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}

/** The smallest of any number of values; `most` where there are none. */
export function smallestOf(values: Iterable<number>, most = Infinity): number {
  let smallest = most;
  for (const value of values) if (value < smallest) smallest = value;
  return smallest;
}

/** The Euclidean length of a vector of any width. */
export function lengthOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

/** Probabilities of scores that are logarithms up to a constant, in the same order. */
export function softmax(scores: ArrayLike<number>): number[] {
  const all = Array.from(scores);
  const highest = largestOf(all);
  const weights = all.map((score) => Math.exp(score - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
