import { softmax } from '../../base/vectors';

/** No view is surer than this that something is not of a class. */
const LEAST = 1e-7;

/**
 * The geometric mean of what a network says of several views of the same samples.
 *
 * @param answers [views, samples, classes] probabilities
 * @returns [samples, classes], rows that sum to 1
 */
export function meanOfViews(answers: Float32Array, views: number, classes: number): Float32Array {
  const mean = new Float32Array(answers.length / views);
  answers.forEach((probability, at) => {
    const place = at % mean.length;
    mean[place] = (mean[place] ?? 0) + Math.log(Math.max(LEAST, probability)) / views;
  });
  for (let from = 0; from < mean.length; from += classes)
    mean.set(softmax(mean.subarray(from, from + classes)), from);
  return mean;
}
