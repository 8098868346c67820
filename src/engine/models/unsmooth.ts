/** What is left at least of a probability, so that the order of the classes stays as it is. */
const LEAST = 0.05;

/**
 * The probabilities that a network means which learned smoothed targets (Szegedy et al. 2016): it gives every class a
 * share of the smoothing, and is less sure than it is right.
 *
 * @param probabilities [rows, classes], rows that sum to 1
 * @param smoothing share of the target that was spread over all classes
 * @returns the same of unsmoothed targets, in the same order in each row
 */
export function unsmoothed(probabilities: Float32Array, classes: number, smoothing: number): Float32Array {
  const spread = smoothing / classes;
  const values = probabilities.map((probability) => Math.max(probability - spread, LEAST * probability));
  for (let from = 0; from < values.length; from += classes) {
    const row = values.subarray(from, from + classes);
    const total = row.reduce((sum, value) => sum + value, 0);
    row.forEach((value, index) => (row[index] = value / total));
  }
  return values;
}
