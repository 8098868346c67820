import type { Ink } from '../ink';
import { pathsOf } from './path';
import { rowsOf } from './rows';

/** A row of ink and what is written there. */
export interface RowText {
  readonly label: string;
  readonly ink: Ink;
}

/**
 * The rows of ink, each with its part of the text.
 *
 * @param label with line feeds between rows
 * @returns nothing where the ink has other rows than the text
 */
export function rowTexts(label: string, ink: Ink): RowText[] {
  const texts = label.split(/\r?\n/).filter((row) => row.trim() !== '');
  if (texts.length === 1) return [{ label, ink }];
  const rows = rowsOf(pathsOf(ink));
  if (rows.length !== texts.length) return [];
  return rows.map((strokes, row) => ({
    label: texts[row] ?? '',
    ink: strokes.map((stroke) => ink[stroke] ?? []),
  }));
}
