/** The alphabets of characters that have a name. */
export const CHARACTER_ALPHABETS = [
  'all',
  'alphanumeric',
  'letters',
  'capitals',
  'small',
  'digits',
  'punctuation',
] as const;

/** The alphabets for which the model of symbols reads, alone or together with that of characters. */
export const SYMBOL_ALPHABETS = ['symbols', 'everything'] as const;

/** The alphabets that have a name; any other text is taken as the characters themselves. */
export const ALPHABET_NAMES = [...CHARACTER_ALPHABETS, ...SYMBOL_ALPHABETS] as const;

export type AlphabetName = (typeof ALPHABET_NAMES)[number];

export type SymbolAlphabet = (typeof SYMBOL_ALPHABETS)[number];

const MEMBER: Record<AlphabetName, (character: string) => boolean> = {
  all: () => true,
  alphanumeric: (character) => /^[A-Za-z0-9]$/.test(character),
  letters: (character) => /^[A-Za-z]$/.test(character),
  capitals: (character) => /^[A-Z]$/.test(character),
  small: (character) => /^[a-z]$/.test(character),
  digits: (character) => /^[0-9]$/.test(character),
  punctuation: isPunctuation,
  // of characters alone
  symbols: isPunctuation,
  everything: () => true,
};

function isPunctuation(character: string): boolean {
  return !MEMBER.alphanumeric(character);
}

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

/** The choice that stands for the user's own characters. */
export const CUSTOM = 'custom';

export type AlphabetChoice = AlphabetName | typeof CUSTOM;

export const ALPHABET_CHOICES: readonly AlphabetChoice[] = [...ALPHABET_NAMES, CUSTOM];

/** The choices where only characters are read. */
export const CHARACTER_CHOICES = [...CHARACTER_ALPHABETS, CUSTOM] as const;

export const ALPHABET_LABELS: Record<AlphabetChoice, string> = {
  all: 'All',
  alphanumeric: 'Letters and digits',
  letters: 'Letters',
  capitals: 'Capitals',
  small: 'Small letters',
  digits: 'Digits',
  punctuation: 'Punctuation',
  symbols: 'Symbols',
  everything: 'Everything',
  custom: 'Custom',
};

/** What a choice comes to where only characters are read. */
export function characterAlphabet(choice: AlphabetChoice): Exclude<AlphabetChoice, SymbolAlphabet> {
  if (choice === 'everything') return 'all';
  return choice === 'symbols' ? 'punctuation' : choice;
}

/** Whether the model of symbols reads for an alphabet. */
export function readsSymbols(alphabet: string): alphabet is SymbolAlphabet {
  return (SYMBOL_ALPHABETS as readonly string[]).includes(alphabet);
}

export function isAlphabetChoice(text: string): text is AlphabetChoice {
  return text === CUSTOM || isAlphabetName(text);
}

/**
 * The alphabet that a request names: an alphabet's name, or the characters themselves.
 *
 * @param choice what the user chose
 * @param characters the user's own characters, for the custom choice; without any, every class counts
 */
export function requestAlphabet(choice: AlphabetChoice, characters: string): string {
  if (choice !== CUSTOM) return choice;
  // each character once: this also keeps 'digits', written as characters, from naming an alphabet
  return [...new Set(characters.replace(/\s/gu, ''))].join('') || 'all';
}
