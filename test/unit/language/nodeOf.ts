import { childOf, type GramTree } from '../../../src/language/gramTree';
import { symbolOf } from '../../../src/language/symbols';

export const symbolsOf = (text: string): number[] =>
  [...text].map((character) => symbolOf(character.codePointAt(0) ?? 0));

/** The node of a sequence of symbols, or -1. */
export function nodeOf(tree: GramTree, symbols: readonly number[]): number {
  return symbols.reduce((node, symbol) => (node < 0 ? -1 : childOf(tree, node, symbol)), 0);
}
