/** The end of a line, and what stands before its first character. */
export const LINE_BREAK = 0;

/** Every character beyond printable ASCII. */
export const OTHER = 96;

/** What a character model gives probabilities for: the line break, the 95 printable ASCII characters, any other. */
export const SYMBOL_COUNT = 97;

/** The symbol, 0 to 96, that a character model counts a code point as. */
export function symbolOf(codePoint: number): number {
  if (codePoint === 10) return LINE_BREAK;
  return codePoint >= 32 && codePoint <= 126 ? codePoint - 31 : OTHER;
}
