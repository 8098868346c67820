import { confusedPairs } from '../../metrics/confusion';
import type { LineComparison } from '../../metrics/compareLines';
import type { Comparison } from '../../metrics/comparison';
import type { Figures } from '../../metrics/figures';
import type { Blanks } from '../../metrics/lineScores';
import type { Scores } from '../../metrics/scores';
import type { WriterFigure } from '../../metrics/writers';
import type { WriterMeasure } from '../../report/writersTable';
import { chance, counted, percent, percentWithin, points, pointsWithin } from '../../base/words';

const MOST_PAIRS = 10;
const MOST_WRITERS = 10;

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

/** The writers who are read worst, as lines of text. */
export function writerLines(writers: readonly WriterFigure[], { figure, of }: WriterMeasure): string[] {
  const name = figure === 'cer' ? 'CER without blanks' : figure;
  return writers
    .slice(0, MOST_WRITERS)
    .map((each) => `writer ${each.writer}: ${name} ${percentWithin(each)} of ${counted(each.samples, of)}`);
}

export function comparisonLines(
  other: string,
  { samples, first, second, test, perClass }: Comparison,
): string[] {
  const differing = perClass.filter((each) => each.first !== each.second).slice(0, MOST_PAIRS);
  return [
    `compared with ${other} on ${String(samples)} samples: ${percent(first)} and ${percent(second)}, ${points(first - second, 2)} points`,
    `right alone: ${String(test.onlyFirst)} and ${String(test.onlySecond)}; McNemar (${test.method}) ${chance(test.p)}`,
    ...differing.map(
      (each) =>
        `${each.name}: ${percent(each.first)} and ${percent(each.second)} of ${String(each.support)}, ${points(each.first - each.second)}`,
    ),
  ];
}

/** How two models of lines differ, as lines of text: the first less the second, in points. */
export function lineComparisonLines(
  other: string,
  { ignored, counted }: Readonly<Record<Blanks, LineComparison>>,
): string[] {
  const { test, better, worse } = ignored;
  const named = ({ cer, wer, exact }: LineComparison) =>
    `CER ${pointsWithin(cer)}  WER ${pointsWithin(wer)}  exact ${pointsWithin(exact)}`;
  return [
    `compared with ${other} on ${String(ignored.lines)} lines, the first less the second, in points:`,
    `with blanks  ${named(counted)}`,
    `without blanks  ${named(ignored)}`,
    `fewer errors in ${String(better)} and ${String(worse)} lines; exact alone: ${String(test.onlyFirst)} and ${String(test.onlySecond)}; McNemar (${test.method}) ${chance(test.p)}`,
  ];
}
