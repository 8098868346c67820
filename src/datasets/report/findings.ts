import type { Split } from '../../base/split';
import type { Finding, FindingKind } from './datasetReport';
import { groupsOfEqual } from './equalSamples';
import type { MeasuredSamples } from './measuredSamples';
import { unusual } from './unusual';

/** Samples that a finding names: nobody goes through more. */
const MOST_NAMED = 5000;
/** A single point is nothing odd in classes of which as many samples are one, as a period. */
const USUAL_SHARE = 0.1;

/** A split, and the number of its first sample among those of all. */
export interface SplitStart {
  readonly split: Split;
  readonly first: number;
}

/** Samples that belong to a finding, in the order in which they are shown. */
interface Found {
  readonly kind: FindingKind;
  readonly splits?: readonly Split[];
  readonly total: number;
  readonly samples: readonly number[];
}

/** What may be wrong with samples that were measured; what was not found is not among them. */
export function findingsIn(measured: MeasuredSamples, splits: readonly SplitStart[]): Finding[] {
  const { masses, distances, labels } = measured;
  const isTooLittle = (sample: number) => measured.isBlank(sample) || measured.isDot(sample);
  const equal = groupsOfEqual(measured.fingerprints, (sample) => measured.isBlank(sample));
  const all = Array.from(labels.keys());
  const found = [
    ...leaksIn(equal, splits),
    counted(
      'contradictions',
      equal.filter((group) => new Set(group.map((sample) => labels[sample])).size > 1).flat(),
    ),
    ...doublesIn(equal, splits),
    counted(
      'blank',
      all.filter((sample) => measured.isBlank(sample)),
    ),
    counted('dots', dotsIn(measured, all)),
    counted('mass', unusual(masses, labels, isTooLittle, { below: true, above: true })),
    counted('far', unusual(distances, labels, isTooLittle, { below: false, above: true })),
  ];
  return found
    .filter(({ total }) => total > 0)
    .map(({ kind, splits: where = [], total, samples }) => ({
      ...{ kind, total },
      splits: [...where],
      samples: samples.slice(0, MOST_NAMED).map((sample) => {
        const { split, first } = splitOf(sample, splits);
        return [split, sample - first];
      }),
    }));
}

const counted = (kind: FindingKind, samples: readonly number[]): Found => ({
  ...{ kind, samples },
  total: samples.length,
});

/** Of each two splits the samples of the later one that the earlier one has, too. */
function leaksIn(equal: readonly (readonly number[])[], splits: readonly SplitStart[]): Found[] {
  const pairs = splits.flatMap((a, at) => splits.slice(at + 1).map((b) => [a, b] as const));
  return pairs.map(([a, b]) => {
    const groups = equal.map((group) => group.filter((sample) => [a, b].includes(splitOf(sample, splits))));
    const inB = (group: readonly number[]) => group.filter((sample) => splitOf(sample, splits) === b).length;
    const both = groups.filter((group) => inB(group) > 0 && inB(group) < group.length);
    const total = both.reduce((sum, group) => sum + inB(group), 0);
    return { kind: 'leaks', splits: [a.split, b.split], total, samples: both.flat() };
  });
}

/** Within each split the samples behind the first of those that are the same. */
function doublesIn(equal: readonly (readonly number[])[], splits: readonly SplitStart[]): Found[] {
  return splits.map((start) => {
    const groups = equal
      .map((group) => group.filter((sample) => splitOf(sample, splits) === start))
      .filter(({ length }) => length > 1);
    const samples = groups.flat();
    return { kind: 'doubles', splits: [start.split], total: samples.length - groups.length, samples };
  });
}

function dotsIn(measured: MeasuredSamples, all: readonly number[]): number[] {
  const dots = all.filter((sample) => measured.isDot(sample));
  const countOf = (samples: readonly number[]) => {
    const counts = new Map<number, number>();
    for (const sample of samples) {
      const label = measured.labels[sample] ?? 0;
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    return counts;
  };
  const [ofDots, ofAll] = [countOf(dots), countOf(all)];
  return dots.filter((sample) => {
    const label = measured.labels[sample] ?? 0;
    return (ofDots.get(label) ?? 0) < USUAL_SHARE * (ofAll.get(label) ?? 0);
  });
}

function splitOf(sample: number, splits: readonly SplitStart[]): SplitStart {
  return splits.findLast(({ first }) => first <= sample) ?? { split: 'all', first: 0 };
}
