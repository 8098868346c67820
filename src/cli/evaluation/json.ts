import type { Comparison } from '../../metrics/comparison';
import { samplesPerSecond, type Judged } from '../../engine/evaluation/judged';

/** What `evaluate --json` prints; shares are fractions. */
export function evaluationJson({ evaluated, by, figures }: Judged, comparison?: Comparison): object {
  const { perClass, calibration, macro, classes, leftOut, ...rest } = figures;
  const nameOf = (index: number | undefined) => (index === undefined ? undefined : classes[index]);
  return {
    split: evaluated.source.split,
    ...by,
    ...rest,
    macroF1: macro.f1,
    macro,
    leftOut,
    calibrationError: calibration.error,
    calibration: calibration.bins,
    samplesPerSecond: samplesPerSecond(evaluated),
    classes,
    perClass: perClass.map(({ mostConfusedWith, ...scores }, index) => ({
      class: classes[index],
      ...scores,
      mostConfusedWith: nameOf(mostConfusedWith),
    })),
    ...(comparison && { comparison: comparisonJson(comparison) }),
  };
}

function comparisonJson({ onlyFirst, onlySecond, ...rest }: Comparison): object {
  return { ...rest, onlyFirst: onlyFirst.length, onlySecond: onlySecond.length };
}
