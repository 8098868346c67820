import type { StoredEvaluation } from './evaluationFile';

type OfSamples = Pick<StoredEvaluation, 'header' | 'places'>;

/** Why two evaluations cannot be compared sample by sample, a sentence; undefined where they can. */
export function incomparable(first: OfSamples, second: OfSamples): string | undefined {
  const [a, b] = [first.header, second.header];
  const sameSplit = a.key.dataset === b.key.dataset && a.of === b.of && a.key.split === b.key.split;
  if (!sameSplit) return 'The two models were evaluated on different data: evaluate them again.';
  if (sameNumbers(first.places, second.places)) return undefined;
  return (
    `The trainings of ${a.modelName} and ${b.modelName} held out different samples of ${a.datasetId}: ` +
    'compare them on samples that neither has learned from, the test split say.'
  );
}

function sameNumbers(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
