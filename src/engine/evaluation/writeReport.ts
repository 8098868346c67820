import writeFileAtomic from 'write-file-atomic';
import { pictureAddress } from '../../datasets/pictureAddress';
import { confusionCsv, confusionJson } from '../../report/confusionTable';
import { evaluationReport, type WrongSample } from '../../report/evaluationReport';
import { predictionOf, wrongAndSure } from '../../metrics/wrongAndSure';
import { ModelError } from '../../models/errors';
import { compareJudged, samplesPerSecond, type Judged } from './judged';

/** Pictures that a report shows: they are most of its size. */
const MOST_PICTURES = 100;

export const REPORT_FORMATS = ['html', 'csv', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/**
 * Writes a report, or the confusion matrix alone, whole or not at all.
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
  const text = await textOf(format, shown, other);
  await writeFileAtomic(file, text).catch((cause: unknown) => {
    throw new ModelError(`${file} cannot be written: choose another place.`, { cause });
  });
}

async function textOf(format: ReportFormat, shown: Judged, other?: Judged): Promise<string> {
  const { classes, confusion } = shown.figures;
  if (format === 'csv') return confusionCsv(classes, confusion);
  if (format === 'json') return confusionJson(classes, confusion);
  const { evaluated, by, figures } = shown;
  const { header } = evaluated.evaluation;
  const comparison = other && {
    model: other.evaluated.evaluation.header.modelName,
    result: compareJudged(shown, other),
  };
  return evaluationReport({
    model: header.modelName,
    dataset: header.datasetId,
    split: header.key.split,
    ...by,
    backend: header.backend,
    samplesPerSecond: samplesPerSecond(evaluated),
    created: header.created,
    figures,
    worst: await worstSamples(shown),
    comparison,
  });
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
