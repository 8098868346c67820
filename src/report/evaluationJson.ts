import type { Comparison } from '../metrics/comparison';
import type { ReportContent } from './evaluationReport';
import { ACCURACY, writersJson } from './writersTable';

/**
 * Every figure of a model of characters, the confusion matrix among them: rows are true classes, columns predictions.
 * Shares are fractions; differences are the first less the second.
 */
export function evaluationJson(content: Omit<ReportContent, 'worst'>): object {
  const { figures, writers, comparison, ...about } = content;
  const { perClass, calibration, macro, classes, leftOut, ...rest } = figures;
  const nameOf = (index: number | undefined) => (index === undefined ? undefined : classes[index]);
  return {
    ...about,
    ...rest,
    macroF1: macro.f1,
    macro,
    leftOut,
    calibrationError: calibration.error,
    calibration: calibration.bins,
    classes,
    perClass: perClass.map(({ mostConfusedWith, ...scores }, index) => ({
      class: classes[index],
      ...scores,
      mostConfusedWith: nameOf(mostConfusedWith),
    })),
    writers: writersJson(writers, ACCURACY),
    ...(comparison && { comparison: comparisonJson(comparison.model, comparison.result) }),
  };
}

function comparisonJson(model: string, { onlyFirst, onlySecond, perClass, ...rest }: Comparison): object {
  return {
    model,
    ...rest,
    difference: rest.first - rest.second,
    perClass: perClass.map((each) => ({ ...each, difference: each.first - each.second })),
    onlyFirst: onlyFirst.length,
    onlySecond: onlySecond.length,
  };
}
