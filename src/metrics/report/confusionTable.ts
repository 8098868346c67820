import type { ConfusionMatrix } from '../confusion';
import { csvField } from './csvField';

/** The matrix as CSV (RFC 4180): the first row and column name the classes; rows are true classes. */
export function confusionCsv(classes: readonly string[], matrix: ConfusionMatrix): string {
  const lines = matrix.map((row, index) => [csvField(classes[index] ?? ''), ...row.map(String)]);
  return [['truth', ...classes.map(csvField)], ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** The matrix as JSON: rows are true classes, columns are predictions. */
export function confusionJson(classes: readonly string[], matrix: ConfusionMatrix): string {
  const rows = matrix.map((row) => `  ${JSON.stringify(row)}`).join(',\n');
  return `{\n "classes": ${JSON.stringify(classes)},\n "confusion": [\n${rows}\n ]\n}\n`;
}
