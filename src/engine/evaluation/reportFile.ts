import writeFileAtomic from 'write-file-atomic';
import { ModelError } from '../../models/errors';

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

/** JSON as a file has it: numbers of a row in one line. */
export function jsonText(value: object): string {
  // no string has a line break in it that is not escaped
  const rows = (text: string) =>
    text.replace(/\[\n[\s\d.,eE+-]+\]/g, (row) => row.replace(/\s+/g, '').replaceAll(',', ', '));
  return `${rows(JSON.stringify(value, undefined, 1))}\n`;
}
