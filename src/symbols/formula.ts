/** What ends the formula, or the text inside one, that a scan is in. */
interface Open {
  readonly end: string;
  readonly isFormula: boolean;
}

/** Environments of LaTeX and its math packages that are formulas. */
const ENVIRONMENTS =
  /^(?:math|displaymath|equation|align|alignat|flalign|gather|multline|eqnarray|dmath|dgroup|split|cases|array|[bBpvV]?matrix|smallmatrix)\*?$/;
/** What begins or ends a formula, or the text of a command such as `\\text` in the middle of one. */
const TOKENS =
  /\\begin\s*\{([^{}]*)\}|\\end\s*\{([^{}]*)\}|\\(?:text(?:rm|it|bf|sf|tt|up|normal)?|mbox|hbox|intertext|shortintertext|tag)\s*\{|\\[\s\S]|\$\$|\$|[{}]|\n[ \t]*\n/g;

/** Comments of LaTeX, each to the end of its line. */
const COMMENTS = /(?<!\\)((?:\\\\)*)%.*/g;
/** Code of Markdown, in which nothing is a formula; what has no end reaches to the end of the text. */
const CODE =
  /^[ \t]*(`{3,}|~{3,})(?!\s*math\b).*\n[\s\S]*?(?:^[ \t]*\1.*$|(?![\s\S]))|(`+)(?!`)[^\n]*?(?:[^`\n]\2(?!`)|(?![\s\S]))/gm;
/** A block of Markdown that is a formula and has no end yet. */
const OPEN_MATH_BLOCK = /^[ \t]*(`{3,}|~{3,})\s*math\b.*\n(?![\s\S]*^[ \t]*\1)/m;

/** Whether what stands behind a text of LaTeX is in a formula. */
export function isInLatexFormula(before: string): boolean {
  return isOpen(before.replace(COMMENTS, '$1'));
}

/**
 * Whether what stands between two texts of Markdown is in a formula: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, or a block of
 * the language `math`.
 */
export function isInMarkdownFormula(before: string, after: string): boolean {
  if (OPEN_MATH_BLOCK.test(before)) return true;
  const text = before.replace(CODE, '');
  return isOpen(text, (dollar) => isDelimiter(text, dollar, after));
}

/**
 * @param isDelimiter whether the `$` at a place begins a formula
 */
function isOpen(text: string, isDelimiter: (at: number) => boolean = () => true): boolean {
  const open: Open[] = [];
  for (const { 0: token, 1: begun, 2: ended, index } of text.matchAll(TOKENS)) {
    const inFormula = open.at(-1)?.isFormula ?? false;
    const ends = endedBy(open, ended === undefined ? token : `end ${ended}`);
    if (ends >= 0) open.splice(ends);
    else if (token === '$$' && endedBy(open, '$') >= 0) continue;
    else if (token === '$' || token === '$$') {
      if (isDelimiter(index)) open.push({ end: token, isFormula: true });
    } else if (begun !== undefined) {
      open.push({ end: `end ${begun}`, isFormula: inFormula || ENVIRONMENTS.test(begun) });
    } else if (token === '\\(' || token === '\\[') {
      open.push({ end: token === '\\(' ? '\\)' : '\\]', isFormula: true });
    } else if (token.startsWith('\\') && token.endsWith('{') && token.length > 2) {
      open.push({ end: '}', isFormula: false });
    } else if (token === '{' && open.length > 0) open.push({ end: '}', isFormula: inFormula });
    // a paragraph ends what its author forgot to end
    else if (token.startsWith('\n') && endedBy(open, '$') >= 0) open.splice(endedBy(open, '$'));
  }
  return open.at(-1)?.isFormula ?? false;
}

/**
 * Which of what is open a token ends; an end that is missing within it is none of the whole.
 *
 * @returns -1 where it ends nothing
 */
function endedBy(open: readonly Open[], token: string): number {
  const text = open.findLastIndex(({ isFormula }) => !isFormula);
  const found = open.findLastIndex(({ end }) => end === token);
  return found >= text ? found : -1;
}

/** As Pandoc and VS Code have it: no blank follows, and what looks like a price is one unless the formula has an end. */
function isDelimiter(text: string, at: number, after: string): boolean {
  const next = text[at + 1];
  if (text[at + 1] === '$' || next === undefined) return true;
  if (/\s/.test(next)) return false;
  return (
    !/\d/.test(next) || `${text.slice(at + 1)}${after}`.split(/\n[ \t]*\n/u, 1)[0]?.includes('$') === true
  );
}
