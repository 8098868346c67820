/** The alphabets that a person can choose, by name and label. */
export const ALPHABETS: readonly (readonly [value: string, label: string])[] = [
  ['all', 'All'],
  ['alphanumeric', 'Letters and digits'],
  ['letters', 'Letters'],
  ['capitals', 'Capitals'],
  ['small', 'Small letters'],
  ['digits', 'Digits'],
  ['symbols', 'Symbols'],
  ['custom', 'Custom'],
];
