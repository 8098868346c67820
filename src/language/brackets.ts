/** Opening and closing characters, by code point. Quotes are neither. */
const CLOSERS = new Map([
  [0x28, 0x29],
  [0x5b, 0x5d],
  [0x7b, 0x7d],
]);
const CLOSING = new Set(CLOSERS.values());

/** Double quote, single quote and backquote. */
const QUOTES = new Set([0x22, 0x27, 0x60]);

/** What a character does to the brackets and quotes that are open. */
export type BracketStep = 'opens' | 'closes' | 'mismatches' | 'none';

/**
 * What a character does where `expected` is what would close the innermost open bracket or quote: 0 where none is open.
 * Within quotes brackets do nothing, and behind a letter or digit a single quote is an apostrophe.
 */
export function bracketStep(codePoint: number, expected: number, isBehindWord: boolean): BracketStep {
  if (codePoint === expected) return 'closes';
  if (QUOTES.has(expected)) return 'none';
  if (QUOTES.has(codePoint)) return isBehindWord && codePoint === 0x27 ? 'none' : 'opens';
  if (CLOSERS.has(codePoint)) return 'opens';
  return CLOSING.has(codePoint) ? 'mismatches' : 'none';
}

/** The code point that closes what an opening bracket or a quote opens. */
export const closerOf = (codePoint: number): number => CLOSERS.get(codePoint) ?? codePoint;

/** Whether what a code point closes is often left open at the end of a line: braces are. */
export const isOftenLeftOpen = (closer: number): boolean => closer === 0x7d;

/** Text further back is not looked at. */
const REACH = 20_000;

/**
 * The code points that would close what is open at the end of a text, innermost last. A quote is open to the end of its
 * line only.
 */
export function openBrackets(text: string): number[] {
  const open: number[] = [];
  let isBehindWord = false;
  for (const character of text.slice(-REACH)) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint === 10) while (QUOTES.has(open.at(-1) ?? 0)) open.pop();
    const step = bracketStep(codePoint, open.at(-1) ?? 0, isBehindWord);
    if (step === 'opens') open.push(closerOf(codePoint));
    else if (step === 'closes') open.pop();
    isBehindWord = /[\p{L}\p{N}_]/u.test(character);
  }
  return open;
}
