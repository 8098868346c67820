import type { Random } from '../../base/random';
import type { Points } from './points';

/** Rounds of the iteration: the first directions, which a layout begins with, have settled long before. */
const ROUNDS = 8;

/**
 * The points along the directions in which they differ most, the greatest difference first, by orthogonal iteration
 * (Halko et al. 2011, algorithm 4.4): the work grows with the width, not with its square.
 *
 * @param keep directions that are kept, at most as many as there are points and numbers of each
 * @returns [count, keep], centered
 */
export function principalComponents(points: Points, keep: number, random: Random): Points {
  const { count, width } = points;
  const kept = Math.min(keep, width, count);
  const centered = center(points);
  // [kept, width]: a direction in each row
  let directions = Float64Array.from({ length: kept * width }, () => random.next() - 0.5);
  orthogonalize(directions, kept, width);
  for (let round = 0; round < ROUNDS; round++) {
    directions = back(centered, along(centered, directions, kept), kept);
    orthogonalize(directions, kept, width);
  }
  return { count, width: kept, values: Float32Array.from(along(centered, directions, kept)) };
}

function center({ count, width, values }: Points): Points {
  const mean = new Float64Array(width);
  for (let at = 0; at < values.length; at++)
    mean[at % width] = (mean[at % width] ?? 0) + (values[at] ?? 0) / count;
  return { count, width, values: values.map((value, at) => value - (mean[at % width] ?? 0)) };
}

/** Each point along each direction: [count, kept]. */
function along({ count, width, values }: Points, directions: Float64Array, kept: number): Float64Array {
  const scores = new Float64Array(count * kept);
  for (let row = 0; row < count; row++) {
    for (let direction = 0; direction < kept; direction++) {
      let sum = 0;
      const [from, of] = [row * width, direction * width];
      for (let at = 0; at < width; at++) sum += (values[from + at] ?? 0) * (directions[of + at] ?? 0);
      scores[row * kept + direction] = sum;
    }
  }
  return scores;
}

/** The points' sum, each weighed by how far it lies along a direction, for each direction: [kept, width]. */
function back(
  { count, width, values }: Points,
  scores: Float64Array,
  kept: number,
): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(kept * width);
  for (let row = 0; row < count; row++) {
    for (let direction = 0; direction < kept; direction++) {
      const score = scores[row * kept + direction] ?? 0;
      const [from, of] = [row * width, direction * width];
      for (let at = 0; at < width; at++)
        sums[of + at] = (sums[of + at] ?? 0) + score * (values[from + at] ?? 0);
    }
  }
  return sums;
}

/** Makes directions perpendicular to those before them, and of length 1 (modified Gram and Schmidt). */
function orthogonalize(directions: Float64Array, kept: number, width: number): void {
  const row = (index: number) => directions.subarray(index * width, (index + 1) * width);
  for (let index = 0; index < kept; index++) {
    const direction = row(index);
    for (let before = 0; before < index; before++) {
      const other = row(before);
      const overlap = dot(direction, other);
      for (let at = 0; at < width; at++) direction[at] = (direction[at] ?? 0) - overlap * (other[at] ?? 0);
    }
    const length = Math.sqrt(dot(direction, direction));
    // of points that differ in fewer directions nothing is left
    for (let at = 0; at < width; at++) direction[at] = length > 1e-12 ? (direction[at] ?? 0) / length : 0;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
