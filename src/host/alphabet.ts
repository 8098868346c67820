import { ALPHABET_NAMES, type AlphabetName, isAlphabetName } from '../models/alphabet';

/** The choice that stands for the person's own characters. */
export const CUSTOM = 'custom';

export type AlphabetChoice = AlphabetName | typeof CUSTOM;

export const ALPHABET_CHOICES: readonly AlphabetChoice[] = [...ALPHABET_NAMES, CUSTOM];

export const ALPHABET_LABELS: Record<AlphabetChoice, string> = {
  all: 'All',
  alphanumeric: 'Letters and digits',
  letters: 'Letters',
  capitals: 'Capitals',
  small: 'Small letters',
  digits: 'Digits',
  symbols: 'Symbols',
  custom: 'Custom',
};

export function isAlphabetChoice(text: string): text is AlphabetChoice {
  return text === CUSTOM || isAlphabetName(text);
}

/**
 * The alphabet that a request names: an alphabet's name, or the characters themselves.
 *
 * @param choice what the person chose
 * @param characters the person's own characters, for the custom choice; without any, every class counts
 */
export function requestAlphabet(choice: AlphabetChoice, characters: string): string {
  if (choice !== CUSTOM) return choice;
  // each character once: this also keeps 'digits', written as characters, from naming an alphabet
  return [...new Set(characters.replace(/\s/gu, ''))].join('') || 'all';
}
