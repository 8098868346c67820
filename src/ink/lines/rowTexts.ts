import type { Ink } from '../ink';
import type { Guide } from './guide';
import { pathsOf } from './path';
import { guideOfRow, rowsOf } from './rows';

/** A row of ink and what is written there. */
export interface RowText {
  readonly label: string;
  readonly ink: Ink;
  /** The lines that it was written on, where they are known. */
  readonly guide?: Guide | undefined;
}

/**
 * The rows of ink, each with its part of the text.
 *
 * @param label with line feeds between rows
 * @param guide the lines that the ink was written on, where they are known
 * @returns nothing where the ink has other rows than the text
 */
export function rowTexts(label: string, ink: Ink, guide?: Guide): RowText[] {
  const texts = label.split(/\r?\n/).filter((row) => row.trim() !== '');
  if (texts.length === 1) return [{ label, ink, guide }];
  const rows = rowsOf(pathsOf(ink), guide);
  if (rows.length !== texts.length) return [];
  return rows.map((strokes, row) => {
    const own = strokes.map((stroke) => ink[stroke] ?? []);
    return { label: texts[row] ?? '', ink: own, guide: guideOfRow(pathsOf(own), row, guide) };
  });
}
