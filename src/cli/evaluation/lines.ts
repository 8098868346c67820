import { confusedPairs } from '../../metrics/confusion';
import type { Comparison } from '../../metrics/comparison';
import type { Figures } from '../../metrics/figures';
import { probabilityText } from '../../report/evaluationReport';
import type { Scores } from '../../metrics/scores';
import { percent } from '../../base/words';

const MOST_PAIRS = 10;

/** The figures as lines of text. */
export function figureLines({
  accuracy,
  interval,
  top3,
  loss,
  macro,
  weighted,
  calibration,
}: Figures): string[] {
  const range = `(95%: ${percent(interval.low)} to ${percent(interval.high)})`;
  const scores = (name: string, { f1, precision, recall }: Scores) =>
    `${name} F1 ${percent(f1)}  precision ${percent(precision)}  recall ${percent(recall)}`;
  return [
    `accuracy ${percent(accuracy)} ${range}  top-3 ${percent(top3)}`,
    `loss ${loss.toFixed(4)}  calibration error ${percent(calibration.error)}`,
    scores('macro', macro),
    scores('weighted', weighted),
  ];
}

/** The pairs that are confused most often, as lines of text. */
export function pairLines({ classes, confusion }: Figures): string[] {
  return confusedPairs(confusion)
    .slice(0, MOST_PAIRS)
    .map(
      ({ truth, predicted, count, share }) =>
        `${classes[truth] ?? ''} taken for ${classes[predicted] ?? ''}: ${String(count)} (${percent(share)})`,
    );
}

export function comparisonLines(
  other: string,
  { samples, first, second, test, perClass }: Comparison,
): string[] {
  const differing = perClass.filter((each) => each.first !== each.second).slice(0, MOST_PAIRS);
  return [
    `compared with ${other} on ${String(samples)} samples: ${percent(first)} and ${percent(second)}`,
    `right alone: ${String(test.onlyFirst)} and ${String(test.onlySecond)}; McNemar (${test.method}) p ${probabilityText(test.p)}`,
    ...differing.map(
      (each) => `${each.name}: ${percent(each.first)} and ${percent(each.second)} of ${String(each.support)}`,
    ),
  ];
}
