import { boundsOf } from '../ink/rasterize';
import type { InkDocument, LabelledInk } from '../ink/inkml';

/** CROHME writes its truths in LaTeX; these are the ones that stand for one printable ASCII character. */
const CHARACTERS: Record<string, string> = {
  COMMA: ',',
  '\\lt': '<',
  '\\gt': '>',
  '\\{': '{',
  '\\}': '}',
  '\\%': '%',
  '\\$': '$',
  '\\#': '#',
  '\\&': '&',
  '\\_': '_',
  '\\prime': "'",
  '\\lbrack': '[',
  '\\rbrack': ']',
  '\\vert': '|',
  '\\cdot': '·',
};

/** A pen is so wide, against the middle height of an expression's symbols, as EMNIST's pens against its characters. */
const PEN_TO_HEIGHT = 0.1;

/** The text that a symbol's truth stands for, or undefined for the names of functions and such. */
export function characterOf(truth: string): string | undefined {
  const mapped = CHARACTERS[truth] ?? truth;
  return /^[^\s\\]$/u.test(mapped) ? mapped : undefined;
}

/** Pen width, in the ink's unit, that suits an expression: symbols that are small in it are small for it. */
export function penWidthOf(document: InkDocument): number | undefined {
  const heights = document.groups.map(heightOf).sort((a, b) => a - b);
  const middle = heights[Math.floor(heights.length / 2)] ?? 0;
  return middle > 0 ? middle * PEN_TO_HEIGHT : undefined;
}

function heightOf({ ink }: LabelledInk): number {
  const { top, bottom } = boundsOf(ink);
  return bottom - top;
}
