/** A number as the person reads it. */
export function grouped(number: number): string {
  return number.toLocaleString('en');
}

export function samples(count: number): string {
  return count === 1 ? '1 sample' : `${grouped(count)} samples`;
}

/** Screen readers say nothing at 'A' but 'a'; capitals need a word. */
export function spoken(text: string): string {
  return /^\p{Lu}$/u.test(text) ? `capital ${text}` : text;
}

/** A share as percent with two digits. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}
