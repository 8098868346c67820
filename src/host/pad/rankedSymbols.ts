import type { LatexSymbol, SymbolClass } from '../../symbols/symbolTable';
import { ranked, type Ranked } from './ranked';

/** Why a symbol stands where it does in the list. */
export type SymbolSection = 'likely' | 'less likely' | 'used most' | 'symbols';

export interface SymbolSources {
  /** What the ink may be, likeliest first; none where there is no ink. */
  readonly likely: readonly SymbolClass[];
  readonly all: readonly LatexSymbol[];
  /** How often the user took a symbol. */
  readonly usesOf: (symbol: LatexSymbol) => number;
}

/** So many classes are called likely. */
const LIKELY = 12;

/** Packages that most documents load, in this order before all others. */
const USUAL: readonly (string | undefined)[] = [undefined, 'amsmath', 'amssymb'];

/** Every symbol, each once: by how likely the ink is it, or those used most first, then those of LaTeX and the AMS. */
export function rankedSymbols({ likely, all, usesOf }: SymbolSources): Ranked<LatexSymbol, SymbolSection>[] {
  const byUse = (symbols: readonly LatexSymbol[]) => symbols.toSorted((a, b) => usesOf(b) - usesOf(a));
  const known = new Map(all.map((symbol) => [symbol.command, symbol]));
  const symbolsOf = (classes: readonly SymbolClass[]) =>
    classes.flatMap(({ symbols }) => byUse(symbols.flatMap(({ command }) => known.get(command) ?? [])));
  return ranked([
    ['likely', symbolsOf(likely.slice(0, LIKELY))],
    ['less likely', symbolsOf(likely.slice(LIKELY))],
    ['used most', byUse(all.filter((symbol) => usesOf(symbol) > 0))],
    ['symbols', all.toSorted((a, b) => unusual(a) - unusual(b))],
  ]);
}

function unusual(symbol: LatexSymbol): number {
  const place = USUAL.indexOf(symbol.package);
  return place < 0 ? USUAL.length : place;
}
