/** A figure with the digits that tell. */
export function figure(value: number): string {
  const [digits = '', power] = value.toExponential(2).split('e');
  const size = Number(power);
  return value === 0 || (size >= -3 && size < 4)
    ? String(Number(value.toPrecision(3)))
    : `${Number(digits)}e${size}`;
}

/** A share, 0 to 1, in percent without zeros at the end. */
export const shortPercent = (value: number): string => `${Number((100 * value).toFixed(2))}%`;
