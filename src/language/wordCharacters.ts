/** Whether a code point may begin a name: a letter of any script, `_` or `$`. */
export function beginsWord(codePoint: number): boolean {
  if (codePoint < 128) {
    const letter = codePoint | 32;
    return (letter >= 97 && letter <= 122) || codePoint === 95 || codePoint === 36;
  }
  return /\p{L}/u.test(String.fromCodePoint(codePoint));
}

/** Whether a code point may stand in a name: what begins one, and digits. */
export function isInWord(codePoint: number): boolean {
  return (codePoint >= 48 && codePoint <= 57) || beginsWord(codePoint);
}
