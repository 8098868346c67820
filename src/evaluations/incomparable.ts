import type { EvaluationHeader } from './evaluationFile';
import type { StoredLineEvaluation } from './lineEvaluationFile';

/** An evaluation as far as it says of which samples it is. */
interface OfSamples {
  readonly header: Pick<EvaluationHeader, 'key' | 'of' | 'modelName' | 'datasetId'>;
  /** Of each sample in the split as it is stored. */
  readonly places: ArrayLike<number>;
}

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

/** As `incomparable`, of models of lines. */
export function incomparableLines(
  first: StoredLineEvaluation,
  second: StoredLineEvaluation,
): string | undefined {
  const samplesOf = ({ header, lines }: StoredLineEvaluation) => ({
    header,
    places: lines.map(({ place }) => place),
  });
  return incomparable(samplesOf(first), samplesOf(second));
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((value, index) => value === b[index]);
}
