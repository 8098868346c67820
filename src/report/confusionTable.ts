import { csvOf } from '../base/csv';
import type { ConfusionMatrix } from '../metrics/confusion';

/** The matrix as CSV: the first row and column name the classes; rows are true classes. */
export function confusionCsv(classes: readonly string[], matrix: ConfusionMatrix): string {
  const rows = matrix.map((row, index) => [classes[index] ?? '', ...row]);
  return csvOf([['truth', ...classes], ...rows]);
}

/** The matrix as JSON: rows are true classes, columns are predictions. */
export function confusionJson(classes: readonly string[], matrix: ConfusionMatrix): string {
  const rows = matrix.map((row) => `  ${JSON.stringify(row)}`).join(',\n');
  return `{\n "classes": ${JSON.stringify(classes)},\n "confusion": [\n${rows}\n ]\n}\n`;
}
