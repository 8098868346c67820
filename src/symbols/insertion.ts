import type { Form, FormTable } from './forms';
import { isInLatexFormula, isInMarkdownFormula } from './formula';
import type { Spellings } from './spellings';
import type { LatexSymbol } from './symbolTable';

/** Where a symbol goes. */
export interface SymbolPlace {
  readonly before: string;
  readonly after: string;
  /** VS Code's id of the language. */
  readonly language: string;
}

/** What decides how symbols are written. */
export interface Writing {
  readonly forms: FormTable;
  readonly spellings: Spellings;
}

/** Packages whose commands Julia's editors know by the same names. */
const IN_JULIA: readonly (string | undefined)[] = [undefined, 'amsmath', 'amssymb', 'latexsym'];

/** A letter that is written as it is in text of LaTeX, too. */
const LATIN = /^\p{Script=Latin}$/u;

/** What a symbol looks like: its character, or else its command. */
export function glyphOf({ text, command }: Pick<LatexSymbol, 'text' | 'command'>): string {
  return text ?? command;
}

/** A symbol as a file writes it, with the blanks that keep it apart from what stands next to it there. */
export function insertionOf(symbol: LatexSymbol, place: SymbolPlace, { forms, spellings }: Writing): string {
  const spelling = spellings.get(symbol.text ?? '');
  switch (formAt(place, forms)) {
    case 'latex':
      return apart(inLatex(symbol, place), place);
    case 'typst':
      return spelling?.typst === undefined ? glyphOf(symbol) : apart(spelling.typst, place);
    case 'entity':
      return spelling?.entity === undefined ? inNumbers(symbol) : `&${spelling.entity};`;
    case 'abbreviation':
      return (place.language.startsWith('lean') ? spelling?.lean : inJulia(symbol)) ?? glyphOf(symbol);
    case 'formulas':
    case 'unicode':
      return glyphOf(symbol);
  }
}

/** A text that does not run into the name of a symbol that it stands behind. */
export function behindSymbol(
  text: string,
  { command, text: character = '' }: LatexSymbol,
  place: SymbolPlace,
  { forms, spellings }: Writing,
): string {
  const form = formAt(place, forms);
  const name = form === 'latex' ? command : form === 'typst' ? spellings.get(character)?.typst : undefined;
  const isBehind = name !== undefined && /[A-Za-z]$/.test(name) && place.before.endsWith(name);
  return isBehind && /^[\p{L}\p{N}]/u.test(text) ? ` ${text}` : text;
}

/** How symbols are written at a place. */
export function formAt({ language, before, after }: SymbolPlace, forms: FormTable): Form {
  const form = forms[language] ?? 'unicode';
  if (form !== 'formulas') return form;
  return isInMarkdownFormula(before, after) ? 'latex' : 'unicode';
}

/** The command, but for letters such as é, which stand for themselves where they are text. */
function inLatex({ command, text, mode }: LatexSymbol, { before }: SymbolPlace): string {
  const isLetter = text !== undefined && mode !== 'math' && LATIN.test(text);
  return isLetter && !isInLatexFormula(before) ? text : command;
}

function inJulia({ text, mode, command, package: from }: LatexSymbol): string | undefined {
  return text !== undefined && mode !== 'text' && IN_JULIA.includes(from) ? command : undefined;
}

/** As HTML writes a character that has no name. */
function inNumbers(symbol: LatexSymbol): string {
  const { text } = symbol;
  if (text === undefined) return glyphOf(symbol);
  return Array.from(text, (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`).join('');
}

/** A name that does not run into the letters before and behind it. */
function apart(name: string, { before, after }: SymbolPlace): string {
  const runsOn = /[A-Za-z]$/.test(name) && /^\p{L}/u.test(after);
  // a command begins with its backslash; a name of Typst goes on with what is before it
  const isJoined = /^[A-Za-z]/.test(name) && /[\p{L}\p{N}]$/u.test(before);
  return `${isJoined ? ' ' : ''}${name}${runsOn ? ' ' : ''}`;
}
