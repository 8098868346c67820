import type { LineComparison, PairedDifference } from '../metrics/compareLines';
import { alignLine, lineConfusionMatrix } from '../metrics/lineConfusion';
import type { LineScores } from '../metrics/lineScores';
import type { Blanks } from '../metrics/lineScores';
import { writerErrorRates } from '../metrics/writers';
import type { LineReportContent } from './lineReport';
import { ERROR_RATE, writersJson } from './writersTable';

/**
 * Every figure of a model of lines, blanks counted and without them, and the confusion matrix: rows are what is written,
 * columns what was read. Shares are fractions; differences are the first less the second.
 */
export function lineEvaluationJson(content: Omit<LineReportContent, 'worst'>): object {
  const { scores, lines, comparison, ...about } = content;
  const { classes, matrix } = lineConfusionMatrix(lines.map((line) => alignLine(line, 'counted')));
  const writers = (blanks: Blanks) => writersJson(writerErrorRates(lines, blanks), ERROR_RATE);
  return {
    ...about,
    lines: scores.counted.lines,
    ...figures(scores.counted),
    writers: writers('counted'),
    withoutBlanks: { ...figures(scores.ignored), writers: writers('ignored') },
    ...(comparison && {
      comparison: {
        model: comparison.model,
        decoding: comparison.decoding,
        ...differences(comparison.results.counted),
        withoutBlanks: differences(comparison.results.ignored),
      },
    }),
    classes,
    confusion: matrix,
  };
}

function figures({ cer, wer, exact }: LineScores): object {
  return {
    cer: cer.value,
    wer: wer.value,
    exact: exact.value,
    intervals: { cer: cer.interval, wer: wer.interval, exact: exact.interval },
  };
}

function differences({ cer, wer, exact, ...rest }: LineComparison): object {
  const named = ({ value, ...each }: PairedDifference) => ({ ...each, difference: value });
  return { cer: named(cer), wer: named(wer), exact: named(exact), ...rest };
}
