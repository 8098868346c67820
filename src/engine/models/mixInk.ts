import type { InkMixing } from '../../models/inkCard';
import { softmax } from '../../base/vectors';

/** Neither network is surer than this that ink is not of a class. */
const LEAST = 1e-6;

/**
 * One answer of what two networks say of the same ink: the picture's and the points'. Between the classes that both know
 * it is their weighted geometric mean; as far as it is no character, all these are alike likely. What the picture's
 * network alone knows keeps its share.
 *
 * @param picture the probability of every class of the model
 * @param points that of every class of the network of points and, behind them, that it is no character
 * @param places for each class of the model its place among those of the network of points, -1 where it has none
 * @returns the probability of every class of the model
 */
export function mixInk(
  picture: Float32Array,
  points: Float32Array,
  places: readonly number[],
  mixing: InkMixing,
): Float32Array {
  const scores = picture.map((probability, index) => {
    const place = places[index] ?? -1;
    if (place < 0) return -Infinity;
    const other = points[place] ?? 0;
    return (
      mixing.picture * Math.log(Math.max(LEAST, probability)) + mixing.ink * Math.log(Math.max(LEAST, other))
    );
  });
  const both = softmax(scores);
  const shared = sumOf(picture.filter((_, index) => (places[index] ?? -1) >= 0));
  const known = places.filter((place) => place >= 0).length;
  const none = points.at(-1) ?? 0;
  return picture.map((probability, index) => {
    if ((places[index] ?? -1) < 0) return probability;
    return shared * ((1 - none) * (both[index] ?? 0) + none / known);
  });
}

const sumOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);
