import { answersOf, type LabeledClasses } from './answers';
import { judge, type Judgment, type PredictedRows } from './judgment';

/** What a model said of a split, as an evaluation keeps it. */
export interface PredictedSplit {
  readonly header: LabeledClasses & { readonly outputs: readonly string[] };
  /** Place of each sample in the split as it is stored. */
  readonly places: Uint32Array;
  /** Class of each sample as it is stored. */
  readonly labels: Uint16Array;
  readonly predictions: PredictedRows;
}

/** What the user changed in samples, by their place in the split. */
export type Changes = ReadonlyMap<
  number,
  { readonly label?: string | undefined; readonly excluded: boolean }
>;

export interface JudgingOptions {
  /** Which outputs the model may give, one flag each. */
  readonly allowed: readonly boolean[];
  /** Takes letters whatever their case, and 0 with O, as one. */
  readonly merged?: boolean | undefined;
}

/** Judges the predictions of a split by the labels that it has now; excluded samples are passed over. */
export function judgeSplit(
  { header, places, labels, predictions }: PredictedSplit,
  changes: Changes,
  { allowed, merged }: JudgingOptions,
): Judgment {
  const answers = answersOf(header.outputs, allowed, header, merged);
  const excluded = new Set<number>();
  places.forEach((place, row) => {
    if (changes.get(place)?.excluded) excluded.add(row);
  });
  return judge(predictions, currentLabels({ header, places, labels }, changes), answers, excluded);
}

/** The class of each sample as it is now; a correction to what is no class of the dataset is passed over. */
export function currentLabels(
  { header, places, labels }: Omit<PredictedSplit, 'predictions'>,
  changes: Changes,
): Uint16Array {
  return labels.map((label, row) => {
    const change = changes.get(places[row] ?? 0);
    const corrected = change?.label === undefined ? -1 : header.classes.indexOf(change.label);
    return corrected >= 0 ? corrected : label;
  });
}
