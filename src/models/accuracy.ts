import type { Card } from './card';

/** How often a model was right, and on what. */
export interface Accuracy {
  /** Fraction. */
  readonly value: number;
  /** A dataset and its split, or the part held out in training. */
  readonly on: string;
}

/** The accuracy that says most of a model: as evaluated, else of the best epoch on what was held out. */
export function accuracyOf({ metrics, training }: Card): Accuracy | undefined {
  const [first] = metrics;
  if (first) return { value: first.accuracy, on: `${first.dataset}, ${first.split}` };
  const held = training.history.filter((epoch) => epoch.validationLoss !== undefined);
  const best = held.reduce<(typeof held)[number] | undefined>(
    (least, epoch) => ((epoch.validationLoss ?? 0) < (least?.validationLoss ?? Infinity) ? epoch : least),
    undefined,
  );
  return best?.validationAccuracy === undefined
    ? undefined
    : { value: best.validationAccuracy, on: 'samples held out in training' };
}
