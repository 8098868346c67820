import { Random } from '../../src/base/random';
import type { LineBatch } from '../../src/engine/training/lines/lineLearner';
import { FEATURES } from '../../src/ink/lines/features';
import { draw, type Drawn, type Pools } from './draw';

/** Samples that are drawn together and put into batches by their length. */
const ROUND = 320;
/** Points of a batch, the filling included, and lines of it at most. */
const BATCH_POINTS = 7_000;
const MOST_LINES = 32;
/** Lengths are rounded up to a multiple of this, so that the backend meets few shapes. */
const LENGTHS = 32;

/** A batch and where its samples come from. */
export interface DrawnBatch extends LineBatch {
  readonly ids: readonly (string | undefined)[];
}

/**
 * The batches of a round, in the order that they are learned from. They follow from the seed and the round alone, so that
 * a training that was interrupted goes on with the same ones.
 */
export function roundOf(pools: Pools, seed: number, round: number): DrawnBatch[] {
  const random = Random.of(seed, round, 0);
  const samples = Array.from({ length: ROUND }, () => draw(pools, random));
  samples.sort((a, b) => a.points - b.points);
  const groups: Drawn[][] = [];
  for (const sample of samples) {
    const group = groups.at(-1);
    const lines = (group?.length ?? 0) + 1;
    if (!group || lines > MOST_LINES || lines * filled(sample.points) > BATCH_POINTS) groups.push([sample]);
    else group.push(sample);
  }
  return Array.from(random.permutation(groups.length), (index) => pack(groups[index] ?? []));
}

/** Puts samples into one batch. */
export function pack(samples: readonly Pick<Drawn, 'features' | 'points' | 'label' | 'id'>[]): DrawnBatch {
  const points = filled(samples.reduce((most, sample) => Math.max(most, sample.points), 0));
  const x = new Float32Array(samples.length * points * FEATURES);
  samples.forEach(({ features }, line) => x.set(features, line * points * FEATURES));
  return {
    x,
    lines: samples.length,
    points,
    lengths: samples.map((sample) => sample.points),
    labels: samples.map(({ label }) => label),
    ids: samples.map(({ id }) => id),
  };
}

const filled = (points: number): number => Math.ceil((points + 4) / LENGTHS) * LENGTHS;
