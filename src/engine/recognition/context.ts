/** What kind of character a text ends with or a class is. */
type Kind = 'digit' | 'small' | 'capital' | 'symbol' | 'none';

/**
 * How much more likely a kind of character is behind another one than by itself, in source code and notes: digits
 * follow digits, small letters follow small letters. Factors, not probabilities; what is not named is 1.
 */
const FACTORS: Record<Kind, Partial<Record<Kind, number>>> = {
  digit: { digit: 2 },
  small: { small: 1.5 },
  capital: {},
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
