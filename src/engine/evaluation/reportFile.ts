import writeFileAtomic from 'write-file-atomic';
import { ModelError } from '../../models/errors';

/** A page that opens by itself, the confusion matrix, or every figure. */
export const REPORT_FORMATS = ['html', 'csv', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/**
 * Writes a report whole or not at all.
 *
 * @throws ModelError where the file cannot be written
 */
export async function writeReportFile(file: string, text: string): Promise<void> {
  await writeFileAtomic(file, text).catch((cause: unknown) => {
    throw new ModelError(`${file} cannot be written: choose another place.`, { cause });
  });
}

/** JSON as a file has it. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 1)}\n`;
}
