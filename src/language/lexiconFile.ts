import { LanguageError } from './errors';

/** Characters of a weight that a sentence gives. */
const LONGEST_SHOWN = 20;

/**
 * The words of a lexicon file: one a line, behind a tab a weight above 0 if it is not 1. Empty lines are left out; of
 * words that stand there twice the weights are added.
 *
 * @throws LanguageError where a weight is no number above 0
 */
export function parseLexicon(text: string): Map<string, number> {
  const words = new Map<string, number>();
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, index) => {
      const [word = '', weight] = line.split('\t', 2);
      if (word.trim() === '') return;
      words.set(word.trim(), (words.get(word.trim()) ?? 0) + weightIn(weight, index + 1));
    });
  return words;
}

function weightIn(text: string | undefined, line: number): number {
  if (text === undefined || text.trim() === '') return 1;
  const weight = Number(text);
  if (Number.isFinite(weight) && weight > 0) return weight;
  throw new LanguageError(
    `The weight "${text.slice(0, LONGEST_SHOWN)}" in line ${String(line)} of the lexicon is not a number above 0: write words, one a line.`,
  );
}
