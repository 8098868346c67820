import path from 'node:path';
import { writeReportFile } from '../../engine/evaluation/reportFile';
import type { ConfusionMatrix } from '../../metrics/confusion';
import { confusionCsv, confusionJson } from '../../report/confusionTable';
import { UsageError } from '../errors';

/** Where a confusion matrix goes, and as what. */
export interface ConfusionFile {
  readonly file: string;
  readonly format: 'csv' | 'json';
}

/**
 * What `--confusion` names.
 *
 * @throws UsageError where the file's name has another ending than is written
 */
export function confusionFile(file: string | undefined): ConfusionFile | undefined {
  if (file === undefined) return undefined;
  const extension = path.extname(file).toLowerCase();
  if (extension === '.csv') return { file: path.resolve(file), format: 'csv' };
  if (extension === '.json') return { file: path.resolve(file), format: 'json' };
  throw new UsageError('Give --confusion a file that ends in .csv or .json.');
}

/**
 * Writes a confusion matrix whole or not at all.
 *
 * @throws ModelError where the file cannot be written
 */
export async function writeConfusion(
  { file, format }: ConfusionFile,
  classes: readonly string[],
  matrix: ConfusionMatrix,
): Promise<void> {
  await writeReportFile(
    file,
    format === 'csv' ? confusionCsv(classes, matrix) : confusionJson(classes, matrix),
  );
}
