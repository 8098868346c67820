import { Random } from '../../../base/random';
import { FEATURES, type LineFeatures } from '../../../ink/lines/features';
import type { LineVariation } from '../../../ink/lines/vary';
import { featuresOf, type LineData } from './lineData';
import { fits, type LineBatch } from './lineLearner';

/** Batches whose lines are sorted by length among themselves. */
const TOGETHER = 20;
/** Points of a batch, the filling included: one of long lines has fewer of them. */
const MOST_POINTS = 20_000;
/** Lengths are rounded up to a multiple of this, so that the backend meets few shapes. */
const LENGTHS = 32;
/** Points of the longest line that is learned from. */
const LONGEST = 4000;
/** No line has this number, so that the order's random numbers are nobody else's. */
const ORDER = 2 ** 32 - 2;

/** Lines of one batch. */
export interface MadeLines extends LineBatch {
  /** Lines of the dataset that were meant for it, those included that do not fit. */
  readonly drawn: number;
}

/**
 * The batches of an epoch: lines of like length together, in random order. They depend on seed and epoch alone.
 *
 * @param order the lines of the epoch
 * @param strengths how lines are varied; undefined leaves them as they are
 */
export function* lineBatches(
  data: LineData,
  order: Uint32Array,
  batchSize: number,
  options: { seed: number; epoch: number; strengths?: LineVariation | undefined },
): Generator<MadeLines> {
  const { seed, epoch, strengths } = options;
  const together = TOGETHER * batchSize;
  for (let from = 0; from < order.length; from += together) {
    const lines = Array.from(order.subarray(from, from + together), (index) => {
      const random = Random.of(seed, epoch, index).next;
      const features = featuresOf(data, index, strengths && { strengths, random });
      return { features, label: data.texts[data.labels[index] ?? 0] ?? [] };
    });
    lines.sort((a, b) => a.features.points - b.features.points);
    const groups = groupsOf(lines, batchSize);
    const shuffled = Random.of(seed, epoch, ORDER - from).permutation(groups.length);
    for (const group of shuffled) yield packLines(groups[group] ?? []);
  }
}

interface Line {
  readonly features: LineFeatures;
  readonly label: readonly number[];
}

function groupsOf(lines: readonly Line[], batchSize: number): Line[][] {
  const groups: Line[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const count = (group?.length ?? 0) + 1;
    if (!group || count > batchSize || count * filled(line.features.points) > MOST_POINTS)
      groups.push([line]);
    else group.push(line);
  }
  return groups;
}

/** Puts lines into one batch; those that are too long, or whose label does not fit, are left out. */
export function packLines(lines: readonly Line[]): MadeLines {
  const usable = lines.filter(
    ({ features, label }) =>
      features.points > 0 && features.points <= LONGEST && fits(features.points, label),
  );
  const points = filled(usable.reduce((most, { features }) => Math.max(most, features.points), 0));
  const x = new Float32Array(usable.length * points * FEATURES);
  usable.forEach(({ features }, line) => x.set(features.values, line * points * FEATURES));
  return {
    x,
    lines: usable.length,
    points,
    lengths: usable.map(({ features }) => features.points),
    labels: usable.map(({ label }) => label),
    drawn: lines.length,
  };
}

/** How many points are worked on for a line. */
function filled(points: number): number {
  return Math.ceil((points + 4) / LENGTHS) * LENGTHS;
}

/** The batch of the most points. */
export const LARGEST = { lines: Math.ceil(MOST_POINTS / LONGEST), points: filled(LONGEST) };
