import { boundsOf } from '../../ink/rasterize';
import type { InkDocument, LabeledInk } from '../../ink/inkml';

/** CROHME writes its truths in LaTeX; these are the ones that stand for one character of another name. */
const CHARACTERS = new Map([
  ['COMMA', ','],
  ['\\lt', '<'],
  ['\\gt', '>'],
  ['\\{', '{'],
  ['\\}', '}'],
  ['\\%', '%'],
  ['\\$', '$'],
  ['\\#', '#'],
  ['\\&', '&'],
  ['\\_', '_'],
  ['\\prime', "'"],
  ['\\lbrack', '['],
  ['\\rbrack', ']'],
  ['\\vert', '|'],
  ['\\cdot', '·'],
  ['\\times', '×'],
  ['\\div', '÷'],
  ['\\pm', '±'],
  ['\\sqrt', '√'],
  ['\\sum', '∑'],
  ['\\int', '∫'],
  ['\\infty', '∞'],
  ['\\leq', '≤'],
  ['\\geq', '≥'],
  ['\\neq', '≠'],
  ['\\rightarrow', '→'],
  ['\\ldots', '…'],
  ['\\in', '∈'],
  ['\\forall', '∀'],
  ['\\exists', '∃'],
  ['\\alpha', 'α'],
  ['\\beta', 'β'],
  ['\\gamma', 'γ'],
  ['\\delta', 'δ'],
  ['\\Delta', 'Δ'],
  ['\\theta', 'θ'],
  ['\\lambda', 'λ'],
  ['\\mu', 'μ'],
  ['\\pi', 'π'],
  ['\\sigma', 'σ'],
  ['\\phi', 'φ'],
  ['\\omega', 'ω'],
]);
/** Functions are written as one symbol: their name is its text. */
const FUNCTION = /^\\?(sin|cos|tan|log|lim|ln|exp|max|min)$/;

/** A pen is so wide, against the middle height of an expression's symbols, as EMNIST's pens against its characters. */
const PEN_TO_HEIGHT = 0.1;

/** The symbol that a command of LaTeX, or CROHME's word for one, stands for; undefined where it is none of its own. */
export function symbolOf(command: string): string | undefined {
  return CHARACTERS.get(command) ?? FUNCTION.exec(command)?.[1];
}

/** The text that a truth stands for: a symbol's, a word's or a line's; other LaTeX as it is. */
export function textOf(truth: string): string {
  return symbolOf(truth) ?? truth;
}

/** Pen width, in the ink's unit, that suits an expression: symbols that are small in it are small for it. */
export function penWidthOf(document: InkDocument): number | undefined {
  const heights = document.groups.map(heightOf).sort((a, b) => a - b);
  const middle = heights[Math.floor(heights.length / 2)] ?? 0;
  return middle > 0 ? middle * PEN_TO_HEIGHT : undefined;
}

function heightOf({ ink }: LabeledInk): number {
  const { top, bottom } = boundsOf(ink);
  return bottom - top;
}
