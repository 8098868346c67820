/** What kind of character a text ends with or a class is. */
type Kind = 'digit' | 'small' | 'capital' | 'symbol' | 'none';

/**
 * How much more likely a kind of character is behind another one than by itself, in source code and notes: digits
 * follow digits, small letters follow small letters, and words rarely change between kinds. Factors, not probabilities;
 * what is not named is 1.
 */
const FACTORS: Record<Kind, Partial<Record<Kind, number>>> = {
  digit: { digit: 2.5, small: 0.6, capital: 0.5 },
  small: { small: 1.5, capital: 0.6, digit: 0.7 },
  capital: { digit: 0.8 },
  symbol: {},
  none: {},
};

function kindOf(character: string): Kind {
  if (/^\d$/.test(character)) return 'digit';
  if (/^[a-z]$/.test(character)) return 'small';
  if (/^[A-Z]$/.test(character)) return 'capital';
  return character.trim() === '' ? 'none' : 'symbol';
}

/**
 * The factor on the probability of a class that stands behind a text.
 *
 * @param context the text before it; only its last character counts
 */
export function contextFactor(context: string, text: string): number {
  return FACTORS[kindOf(context.slice(-1))][kindOf(text)] ?? 1;
}
