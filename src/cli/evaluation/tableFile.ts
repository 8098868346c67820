import path from 'node:path';
import { jsonText, writeReportFile } from '../../engine/evaluation/reportFile';
import type { ConfusionMatrix } from '../../metrics/confusion';
import type { WriterFigure } from '../../metrics/writers';
import { confusionCsv, confusionJson } from '../../report/confusionTable';
import { type WriterMeasure, writersCsv, writersJson } from '../../report/writersTable';
import { UsageError } from '../errors';

/** Where a table goes, and as what. */
export interface TableFile {
  readonly file: string;
  readonly format: 'csv' | 'json';
}

/**
 * What an option names that takes a table's file.
 *
 * @throws UsageError where the file's name has another ending than is written
 */
export function tableFile(option: string, file: string | undefined): TableFile | undefined {
  if (file === undefined) return undefined;
  const extension = path.extname(file).toLowerCase();
  if (extension === '.csv') return { file: path.resolve(file), format: 'csv' };
  if (extension === '.json') return { file: path.resolve(file), format: 'json' };
  throw new UsageError(`Give ${option} a file that ends in .csv or .json.`);
}

/**
 * Writes a confusion matrix whole or not at all.
 *
 * @throws ModelError where the file cannot be written
 */
export async function writeConfusion(
  { file, format }: TableFile,
  classes: readonly string[],
  matrix: ConfusionMatrix,
): Promise<void> {
  await writeReportFile(
    file,
    format === 'csv' ? confusionCsv(classes, matrix) : confusionJson(classes, matrix),
  );
}

/**
 * Writes the figures of each writer whole or not at all.
 *
 * @throws ModelError where the file cannot be written
 */
export async function writeWriters(
  { file, format }: TableFile,
  writers: readonly WriterFigure[],
  measure: WriterMeasure,
): Promise<void> {
  await writeReportFile(
    file,
    format === 'csv' ? writersCsv(writers, measure) : jsonText(writersJson(writers, measure)),
  );
}
