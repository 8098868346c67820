/** The alphabets that have a name; any other text is taken as the characters themselves. */
export const ALPHABET_NAMES = [
  'all',
  'alphanumeric',
  'letters',
  'capitals',
  'small',
  'digits',
  'symbols',
] as const;

export type AlphabetName = (typeof ALPHABET_NAMES)[number];

const MEMBER: Record<AlphabetName, (character: string) => boolean> = {
  all: () => true,
  alphanumeric: (character) => /^[A-Za-z0-9]$/.test(character),
  letters: (character) => /^[A-Za-z]$/.test(character),
  capitals: (character) => /^[A-Z]$/.test(character),
  small: (character) => /^[a-z]$/.test(character),
  digits: (character) => /^[0-9]$/.test(character),
  symbols: (character) => !/^[A-Za-z0-9]$/.test(character),
};

export function isAlphabetName(text: string): text is AlphabetName {
  return (ALPHABET_NAMES as readonly string[]).includes(text);
}

/**
 * The classes of a model that an alphabet lets it give.
 *
 * @param alphabet one of ALPHABET_NAMES, or the characters themselves
 * @param classes every class the model knows
 * @returns one flag per class; all false where the model knows none of the characters
 */
export function membership(alphabet: string, classes: readonly string[]): boolean[] {
  if (isAlphabetName(alphabet)) return classes.map(MEMBER[alphabet]);
  const characters = new Set(alphabet);
  return classes.map((name) => characters.has(name));
}
