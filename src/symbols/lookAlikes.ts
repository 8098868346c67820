import { type FormTable } from './forms';
import { isInLatexFormula } from './formula';
import { formAt, glyphOf, type SymbolPlace } from './insertion';
import { loadedIn } from './packages';
import type { LatexSymbol, SymbolClass } from './symbolTable';

/** What decides which of the symbols that look alike is meant. */
export interface Meant {
  readonly place: SymbolPlace;
  readonly forms: FormTable;
  /** How often the user has taken a symbol. */
  readonly usesOf: (symbol: LatexSymbol) => number;
}

/**
 * The symbols of a class, the likeliest first: those that can stand where they go before others, then those that were
 * taken most, then those whose package is loaded, each in the order of the class.
 */
export function likeliest({ symbols }: SymbolClass, { place, forms, usesOf }: Meant): LatexSymbol[] {
  const isLatex = formAt(place, forms) === 'latex';
  const inFormula = isLatex && (forms[place.language] === 'formulas' || isInLatexFormula(place.before));
  const isLoaded = isLatex ? loadedIn(place.before) : () => true;
  const rank = (symbol: LatexSymbol) => [
    inFormula && symbol.mode === 'text' ? 1 : 0,
    -usesOf(symbol),
    symbol.package === undefined || isLoaded({ name: symbol.package }) ? 0 : 1,
  ];
  return symbols
    .map((symbol) => ({ symbol, ranks: rank(symbol) }))
    .sort((a, b) => a.ranks.reduce((order, own, at) => order || own - (b.ranks[at] ?? 0), 0))
    .map(({ symbol }) => symbol);
}

/** What there is to say of a symbol. */
export interface SymbolWords {
  readonly command: string;
  /** The package that has it; undefined where LaTeX itself does. */
  readonly from?: string;
  /** Its name, where LaTeX takes it, and what else is drawn so. */
  readonly more: readonly string[];
}

const MODES = { math: 'in formulas', text: 'in text', both: 'in formulas and in text' } as const;

/** What there is to say of a symbol of a class. */
export function wordsOf(symbol: LatexSymbol, { symbols }: SymbolClass): SymbolWords {
  const { command, mode, name, encoding } = symbol;
  const from = symbol.package ?? (encoding === undefined ? undefined : `fontenc ${encoding}`);
  const others = symbols.filter((each) => each.command !== command).map(inWords);
  return {
    command,
    ...(from !== undefined && { from }),
    more: [
      ...(name === undefined ? [] : [name.toLowerCase()]),
      `${from === undefined ? 'LaTeX' : `package ${from}`}, ${MODES[mode]}`,
      ...(others.length > 0 ? [`drawn alike: ${[...new Set(others)].join(', ')}`] : []),
    ],
  };
}

function inWords(symbol: LatexSymbol): string {
  const glyph = glyphOf(symbol);
  return glyph === symbol.command ? glyph : `${glyph} ${symbol.command}`;
}
