import type { Lexicon } from './lexicon';

/**
 * The words of a lexicon that a text becomes by few edits (Levenshtein 1965), the nearest first, and of equally near
 * ones the likeliest. Words that begin alike share the work: the trie is walked with a row of distances for each letter
 * of the way (Oflazer 1996), and left where all of a row are too large.
 *
 * @param most edits
 * @param top so many words at most
 */
export function nearWords(lexicon: Lexicon, text: string, most: number, top: number): string[] {
  const wanted = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const width = wanted.length + 1;
  const rows = new Int32Array(width * (width + most + 1)).map((_, at) => at);
  const way: number[] = [];
  const found: { word: string; edits: number; weight: number }[] = [];
  const visit = (node: number): void => {
    const edits = rows[way.length * width + width - 1] ?? 0;
    const weight = lexicon.end(node);
    if (weight > 0 && edits <= most) found.push({ word: String.fromCodePoint(...way), edits, weight });
    for (const [codePoint, child] of lexicon.children(node)) {
      way.push(codePoint);
      if (fillRow(rows, way, wanted) <= most) visit(child);
      way.pop();
    }
  };
  visit(0);
  found.sort((a, b) => a.edits - b.edits || b.weight - a.weight);
  return found.slice(0, top).map(({ word }) => word);
}

/** Works out the distances of all of a way from each beginning of what is wanted; gives the least of them. */
function fillRow(rows: Int32Array, way: readonly number[], wanted: readonly number[]): number {
  const width = wanted.length + 1;
  const above = (way.length - 1) * width;
  const row = way.length * width;
  const codePoint = way.at(-1);
  let least = way.length;
  rows[row] = least;
  for (let at = 1; at < width; at++) {
    const instead = (rows[above + at - 1] ?? 0) + (wanted[at - 1] === codePoint ? 0 : 1);
    const edits = Math.min(instead, (rows[above + at] ?? 0) + 1, (rows[row + at - 1] ?? 0) + 1);
    rows[row + at] = edits;
    least = Math.min(least, edits);
  }
  return least;
}
