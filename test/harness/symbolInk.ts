import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Drawing, parseDrawings } from '../../src/symbols/drawings';

/** A symbol as somebody drew it. */
export function drawnSymbol(command: string): Drawing {
  const drawings = parseDrawings(readFileSync(path.resolve('media', 'symbolDrawings.tsv'), 'utf8'));
  const [drawing] = drawings.get(command) ?? [];
  if (!drawing) throw new Error(`There is no drawing of ${command}.`);
  return drawing;
}
