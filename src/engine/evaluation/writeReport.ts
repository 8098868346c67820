import { pictureAddress } from '../../datasets/pictureAddress';
import { predictionOf, wrongAndSure } from '../../metrics/wrongAndSure';
import { confusionCsv } from '../../report/confusionTable';
import { evaluationJson } from '../../report/evaluationJson';
import { evaluationReport, type ReportContent, type WrongSample } from '../../report/evaluationReport';
import { ACCURACY, writersCsv } from '../../report/writersTable';
import type { ReportFormat } from '../../protocol/engine/evaluation';
import { compareJudged, samplesPerSecond, type Judged } from './judged';
import { jsonText, writeReportFile } from './reportFile';

/** Pictures that a report shows: they are most of its size. */
const MOST_PICTURES = 100;

/**
 * Writes a report, every figure, or the confusion matrix or the writers alone, whole or not at all.
 *
 * @param other a second model's evaluation of the same samples, to compare with
 * @throws ModelError where the samples are others, or the file cannot be written
 */
export async function writeReport(
  file: string,
  format: ReportFormat,
  shown: Judged,
  other?: Judged,
): Promise<void> {
  await writeReportFile(file, await textOf(format, shown, other));
}

async function textOf(format: ReportFormat, shown: Judged, other?: Judged): Promise<string> {
  const { classes, confusion } = shown.figures;
  if (format === 'csv') return confusionCsv(classes, confusion);
  if (format === 'writers') return writersCsv(shown.writers, ACCURACY);
  const content = reportContent(shown, other);
  if (format === 'json') return jsonText(evaluationJson(content));
  return evaluationReport({ ...content, worst: await worstSamples(shown) });
}

/**
 * What a report says, but for the samples that it shows.
 *
 * @throws ModelError where the second model's samples are others
 */
export function reportContent(shown: Judged, other?: Judged): Omit<ReportContent, 'worst'> {
  const { evaluated, figures, writers } = shown;
  // what was asked for may hold more than that: paths, which a report does not name
  const { alphabet, merged } = shown.by;
  const { header } = evaluated.evaluation;
  return {
    model: header.modelName,
    dataset: evaluated.source.name,
    split: header.key.split,
    ...{ alphabet, merged },
    backend: header.backend,
    samplesPerSecond: samplesPerSecond(evaluated),
    created: header.created,
    ...{ figures, writers },
    ...(other && {
      comparison: {
        model: other.evaluated.evaluation.header.modelName,
        result: compareJudged(shown, other),
      },
    }),
  };
}

async function worstSamples({ evaluated, judgment }: Judged): Promise<WrongSample[]> {
  const worst = wrongAndSure(judgment, MOST_PICTURES);
  const { samples, places } = await evaluated.source.load();
  return Promise.all(
    worst.map(async (sample) => {
      const row = judgment.rows[sample] ?? 0;
      const picture = await pictureAddress(samples, row);
      return { picture, ...predictionOf(judgment, sample), place: places[row] ?? 0 };
    }),
  );
}
