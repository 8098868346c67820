import { flatInk } from '../../ink/flatInk';
import { alignLine, isError, lineConfusionMatrix } from '../../metrics/lineConfusion';
import { confusionCsv } from '../../report/confusionTable';
import { lineEvaluationJson } from '../../report/lineEvaluationJson';
import { lineReport, type LineReportContent, type WorstLine } from '../../report/lineReport';
import { ERROR_RATE, writersCsv } from '../../report/writersTable';
import { writerErrorRates } from '../../metrics/writers';
import type { ReportFormat } from '../../protocol/engine/evaluation';
import { compareJudgedLines, linesPerSecond, type JudgedLines } from './judgedLines';
import { jsonText, writeReportFile } from './reportFile';

/** Lines that a report shows, and points that are drawn of each: they are most of its size. */
const MOST_LINES = 60;
const MOST_POINTS = 1500;

/**
 * Writes a report of a model of lines, every figure, or the confusion matrix or the writers alone, whole or not at all.
 *
 * @param other a second evaluation of the same lines, to compare with
 * @throws ModelError where the lines are others, or the file cannot be written
 */
export async function writeLineReport(
  file: string,
  format: ReportFormat,
  shown: JudgedLines,
  other?: JudgedLines,
): Promise<void> {
  await writeReportFile(file, await textOf(format, shown, other));
}

async function textOf(format: ReportFormat, shown: JudgedLines, other?: JudgedLines): Promise<string> {
  if (format === 'csv') {
    const { classes, matrix } = lineConfusionMatrix(shown.lines.map((line) => alignLine(line, 'counted')));
    return confusionCsv(classes, matrix);
  }
  if (format === 'writers') return writersCsv(writerErrorRates(shown.lines, 'ignored'), ERROR_RATE);
  const content = lineReportContent(shown, other);
  if (format === 'json') return jsonText(lineEvaluationJson(content));
  return lineReport({ ...content, worst: await worstLines(shown, other) });
}

/**
 * What a report says, but for the lines that it shows.
 *
 * @throws ModelError where the second model's lines are others
 */
export function lineReportContent(shown: JudgedLines, other?: JudgedLines): Omit<LineReportContent, 'worst'> {
  const { evaluated, lines, scores } = shown;
  const { header } = evaluated.evaluation;
  return {
    model: header.modelName,
    dataset: evaluated.source.name,
    split: header.key.split,
    decoding: header.key.decoding,
    backend: header.backend,
    linesPerSecond: linesPerSecond(evaluated),
    created: header.created,
    excluded: header.samples - lines.length,
    ...{ scores, lines },
    ...(other && {
      comparison: {
        model: other.evaluated.evaluation.header.modelName,
        decoding: other.evaluated.evaluation.header.key.decoding,
        results: compareJudgedLines(shown, other),
      },
    }),
  };
}

async function worstLines({ evaluated, lines }: JudgedLines, other?: JudgedLines): Promise<WorstLine[]> {
  const errors = lines.map((line) => alignLine(line, 'ignored').filter(isError).length);
  const worst = [...lines.keys()]
    .filter((at) => (errors[at] ?? 0) > 0)
    .sort((a, b) => (errors[b] ?? 0) - (errors[a] ?? 0) || a - b)
    .slice(0, MOST_LINES);
  const { samples, places } = await evaluated.source.load();
  const inks = new Map(
    samples.kind === 'ink' ? samples.inks.map((ink, at) => [places[at] ?? at, ink] as const) : [],
  );
  return worst.flatMap((at) => {
    const line = lines[at];
    if (!line) return [];
    const ink = flatInk(inks.get(line.place) ?? [], MOST_POINTS).map((stroke) => stroke.map(short));
    return [{ ...line, ink, other: other?.lines[at]?.answer }];
  });
}

/** A coordinate with as many digits as are seen. */
function short(coordinate: number): number {
  return Number(coordinate.toPrecision(6));
}
