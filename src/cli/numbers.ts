import { InvalidArgumentError } from 'commander';

/** Makes a reader of numbers in a range, whole ones only where asked, for commander's options. */
export function numberBetween(least: number, most: number, whole = false): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
      throw new InvalidArgumentError(
        `Give a ${whole ? 'whole ' : ''}number from ${String(least)} to ${String(most)}.`,
      );
    }
    return value;
  };
}
